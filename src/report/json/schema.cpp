#include "report/json/schema.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "report/json/field_rows.hpp"
#include "report/json/writer.hpp"

namespace emltrace::report {
namespace json {
namespace {

using Rows = std::span<const FieldRow>;

constexpr std::string_view kDialect = "https://json-schema.org/draft/2020-12/schema";

/// The pointer in front of the names of the row's members.
std::string inside(const FieldRow& row) {
  const std::string_view pointer = row.like.empty() ? row.pointer : row.like;
  return std::string(pointer) + (row.shape == Shape::objects ? "/*/" : "/");
}

std::vector<FieldRow> members_of(Rows rows, std::string_view prefix) {
  std::vector<FieldRow> members;
  std::ranges::copy_if(rows, std::back_inserter(members), [&](const FieldRow& row) {
    return row.pointer.starts_with(prefix) &&
           row.pointer.find('/', prefix.size()) == std::string_view::npos;
  });
  return members;
}

/// How JSON Schema calls a shape, and how people do.
struct Names {
  std::string_view type;
  std::string_view items;  ///< of a list; empty where it is none
  std::string_view spoken;
};

Names names_of(Shape shape) {
  switch (shape) {
    case Shape::object:
      return {"object", "", "object"};
    case Shape::objects:
      return {"array", "object", "list of objects"};
    case Shape::text:
    case Shape::raw:
      return {"string", "", "text"};
    case Shape::texts:
      return {"array", "string", "list of texts"};
    case Shape::texts_by_name:
      return {"object", "", "object of texts"};
    case Shape::time:
      return {"string", "", "time"};
    case Shape::integer:
      return {"integer", "", "integer"};
    case Shape::integers:
      return {"array", "integer", "list of integers"};
    case Shape::boolean:
      return {"boolean", "", "boolean"};
  }
  return {};
}

void write_type(Writer& out, const FieldRow& row) {
  if (row.null_where.empty()) return out.member("type", names_of(row.shape).type);
  const auto either = out.array("type");
  out.value(names_of(row.shape).type);
  out.value("null");
}

void write_words(Writer& out, const FieldRow& row, bool with_null) {
  if (row.words == nullptr) return;
  const auto words = out.array("enum");
  for (const std::string& word : row.words()) out.value(word);
  if (with_null) out.value(nullptr);
}

void write_members(Writer& out, Rows rows, std::string_view prefix);

void write_text_type(Writer& out, std::string_view name) {
  const auto object = out.object(name);
  out.member("type", "string");
}

/// What stands below the value itself.
void write_content(Writer& out, Rows rows, const FieldRow& row) {
  if (row.shape == Shape::object) return write_members(out, rows, inside(row));
  if (row.shape == Shape::texts_by_name) return write_text_type(out, "additionalProperties");
  const std::string_view items_type = names_of(row.shape).items;
  if (items_type.empty()) return write_words(out, row, !row.null_where.empty());
  const auto items = out.object("items");
  out.member("type", items_type);
  if (row.shape != Shape::objects) return write_words(out, row, false);
  write_members(out, rows, inside(row));
}

void write_field(Writer& out, Rows rows, const FieldRow& row, std::string_view name) {
  const auto object = out.object(name);
  std::string description(row.text);
  if (!row.null_where.empty()) description.append("; null where ").append(row.null_where);
  out.member("description", description);
  write_type(out, row);
  if (row.shape == Shape::time) out.member("format", "date-time");
  write_content(out, rows, row);
}

void write_members(Writer& out, Rows rows, std::string_view prefix) {
  const auto members = members_of(rows, prefix);
  {
    const auto properties = out.object("properties");
    for (const FieldRow& row : members) {
      const std::string name(row.pointer.substr(prefix.size()));
      write_field(out, rows, row, name);
      if (row.shape != Shape::raw) continue;
      const auto twin = out.object(name + "_base64");
      out.member("description", "the bytes in base64, where UTF-8 lost some; else absent");
      out.member("type", "string");
      out.member("contentEncoding", "base64");
    }
  }
  const auto required = out.array("required");
  for (const FieldRow& row : members) out.value(row.pointer.substr(prefix.size()));
}

void write_head(Writer& out, std::string_view id, std::string_view title) {
  out.member("$schema", kDialect);
  out.member("$id", id);
  out.member("title", title);
}

std::string object_schema(std::string_view id, std::string_view title, Rows rows) {
  Writer out(JsonLayout::indented);
  {
    const auto object = out.object();
    write_head(out, id, title);
    out.member("type", "object");
    write_members(out, rows, "/");
  }
  return std::move(out).take();
}

/// `hops[].delay_s` for `/hops/*/delay_s`.
std::string path_of(std::string_view pointer) {
  std::string path;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    path += step == "*" ? "[]" : (path.empty() ? "" : ".") + std::string(step);
  }
  return path;
}

/// Text behind which mdoc sees no request and no escape.
std::string mdoc_line(std::string text) {
  for (std::size_t at = 0; (at = text.find('\\', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\\e");
  }
  return (text.starts_with('.') || text.starts_with('\'') ? "\\&" : "") + text + '\n';
}

std::string manual_of(Rows rows) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const FieldRow& row : rows) {
    out +=
        ".It Va " + path_of(row.pointer) + " Pq " + std::string(names_of(row.shape).spoken) + '\n';
    out += mdoc_line(std::string(row.text));
    if (row.shape == Shape::raw) out += "(with a twin in base64 where UTF-8 lost bytes)\n";
    if (row.words != nullptr) {
      std::string words;
      for (const auto& word : row.words()) words += (words.empty() ? ": " : ", ") + word;
      out.pop_back();
      out += mdoc_line(words);
    }
    if (!row.like.empty()) out += "; members as in\n.Va " + path_of(row.like) + "[]\n";
    if (!row.null_where.empty()) {
      out += ".br\n" + mdoc_line("Null where " + std::string(row.null_where) + '.');
    }
  }
  return out + ".El\n";
}

}  // namespace
}  // namespace json

std::string report_schema() {
  return json::object_schema("urn:emltrace:report:1", "Report of emltrace on one message",
                             json::report_rows());
}

std::string summary_schema() {
  return json::object_schema("urn:emltrace:summary:1", "Summary of emltrace over many messages",
                             json::summary_rows());
}

std::string findings_schema() {
  json::Writer out(JsonLayout::indented);
  {
    const auto object = out.object();
    json::write_head(out, "urn:emltrace:findings:1", "Findings that emltrace knows");
    {
      const auto either = out.array("oneOf");
      {
        const auto one = out.object();
        out.member("$ref", "#/$defs/finding");
      }
      const auto list = out.object();
      out.member("type", "array");
      const auto items = out.object("items");
      out.member("$ref", "#/$defs/finding");
    }
    const auto definitions = out.object("$defs");
    const auto finding = out.object("finding");
    out.member("type", "object");
    json::write_members(out, json::finding_kind_rows(), "/");
  }
  return std::move(out).take();
}

std::string field_manual(std::string_view frame) {
  std::string out(frame);
  const auto fill = [&out](std::string_view mark, const std::string& text) {
    const std::size_t at = out.find(mark);
    if (at != std::string::npos) out.replace(at, mark.size(), text);
  };
  fill("@REPORT@\n", json::manual_of(json::report_rows()));
  fill("@SUMMARY@\n", json::manual_of(json::summary_rows()));
  fill("@FINDING@\n", json::manual_of(json::finding_kind_rows()));
  return out;
}

}  // namespace emltrace::report
