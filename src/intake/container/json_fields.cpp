#include "intake/container/json_fields.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/base64.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"

namespace emltrace::intake::container {
namespace {

using Kind = JsonValue::Kind;
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMaxTextsInside = 4;  // JSON in a text of JSON, one inside the other
constexpr std::size_t kSampleBytes = 4'096;
constexpr std::size_t kShortestEncoded = 64;

// Members of a pair, in lower case.
constexpr std::array kNameKeys =
    std::to_array<std::string_view>({"name", "key", "field", "header"});
constexpr std::array kValueKeys = std::to_array<std::string_view>({"value", "content", "val"});

// Members that hold what the author wrote. He may write what looks like a header.
constexpr std::array kBodyKeys = std::to_array<std::string_view>(
    {"body", "bodypreview", "body-plain", "body-html", "stripped-text", "stripped-html", "text",
     "html", "plain", "textbody", "htmlbody", "strippedtextreply", "snippet", "data", "comment",
     "description"});

// Members of which a header without any trace field is believed.
constexpr std::array kTextKeys = std::to_array<std::string_view>({"",
                                                                  "raw",
                                                                  "rawmessage",
                                                                  "raw_message",
                                                                  "rawemail",
                                                                  "raw_email",
                                                                  "email",
                                                                  "eml",
                                                                  "mime",
                                                                  "body-mime",
                                                                  "source",
                                                                  "original",
                                                                  "headers",
                                                                  "header",
                                                                  "rawheaders",
                                                                  "raw_headers",
                                                                  "internetheaders",
                                                                  "internet_headers",
                                                                  "message-headers",
                                                                  "email_headers",
                                                                  "mailheaders"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view n) { return text::iequals(n, name); });
}

// What field names say: Date alone stands in headers of HTTP too.
struct Names {
  std::size_t trace = 0;
  std::size_t author = 0;
  bool from = false;
  bool other = false;  ///< an author name beside From

  void add(std::string_view name) {
    const NameRank rank = name_rank(name);
    trace += rank == NameRank::trace ? 1 : 0;
    if (rank != NameRank::author) return;
    ++author;
    (text::iequals(name, "from") ? from : other) = true;
  }
  [[nodiscard]] bool are_mail() const { return trace > 0 || (author > 1 && (from || author > 2)); }
};

bool is_field_name(std::string_view name) {
  const std::string line = std::string(name) + ":";
  const auto start = field_start(line);
  return start && start->name == name;
}

const JsonValue* text_member(const JsonValue& object, const auto& keys) {
  for (std::size_t i = 0; i < object.keys.size(); ++i) {
    if (object.elements[i].kind == Kind::text && is_one_of(keys, object.keys[i])) {
      return &object.elements[i];
    }
  }
  return nullptr;
}

// {"name": N, "value": V}, [N, V], {N: V} or "N: V".
void add_pair(const JsonValue& value, Fields& out) {
  if (value.kind == Kind::object) {
    const JsonValue* name = text_member(value, kNameKeys);
    const JsonValue* content = text_member(value, kValueKeys);
    if (name != nullptr && content != nullptr) {
      out.emplace_back(name->text, content->text);
    } else if (value.keys.size() == 1 && value.elements[0].kind == Kind::text) {
      out.emplace_back(value.keys[0], value.elements[0].text);
    }
  } else if (value.kind == Kind::list && value.elements.size() == 2 &&
             value.elements[0].kind == Kind::text && value.elements[1].kind == Kind::text) {
    out.emplace_back(value.elements[0].text, value.elements[1].text);
  } else if (value.kind == Kind::text) {
    if (const auto start = field_start(value.text)) {
      const std::string_view body = std::string_view(value.text).substr(start->colon + 1);
      out.emplace_back(start->name, text::trim(body));
    }
  }
}

std::optional<FoundMessage> read_pairs(const JsonValue& list) {
  FoundMessage message{Found::pairs, {}, {}, {}, 0};
  Names names;
  for (const JsonValue& element : list.elements) add_pair(element, message.fields);
  for (const auto& [name, value] : message.fields) names.add(name);
  // Where other things stand in the list it is one of messages, not of fields.
  if (!names.are_mail() || message.fields.size() * 2 < list.elements.size()) return std::nullopt;
  message.anchor = message.fields.front().first;
  return message;
}

void add_member(const std::string& name, const JsonValue& value, Fields& out) {
  if (name_rank(name) < NameRank::common) return;
  if (value.kind == Kind::text) out.emplace_back(name, value.text);
  if (value.kind != Kind::list) return;
  for (const JsonValue& element : value.elements) {
    if (element.kind == Kind::text) out.emplace_back(name, element.text);
  }
}

std::optional<FoundMessage> read_object(const JsonValue& object) {
  FoundMessage message;
  Names names;
  bool address = false;
  for (std::size_t i = 0; i < object.keys.size(); ++i) {
    add_member(object.keys[i], object.elements[i], message.fields);
  }
  for (const auto& [name, value] : message.fields) {
    names.add(name);
    address = address || (text::iequals(name, "from") && value.find('@') != std::string::npos);
  }
  if (names.trace == 0 && !(address && names.other)) return std::nullopt;
  message.rank = names.trace > 0 ? Found::trace_object : Found::object;
  message.anchor = message.fields.front().first;
  return message;
}

// Postmark takes these out of the list of fields and gives them beside it. In other cases of
// letters they are what a service made of the fields.
constexpr std::array kBesideKeys =
    std::to_array<std::string_view>({"From", "To", "Cc", "Subject", "Date"});

void add_missing(const JsonValue& object, FoundMessage& message) {
  if (message.rank != Found::pairs) return;
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(message.fields,
                               [&](const auto& f) { return text::iequals(f.first, name); });
  };
  for (std::size_t i = 0; i < object.keys.size(); ++i) {
    const JsonValue& value = object.elements[i];
    const bool beside = std::ranges::find(kBesideKeys, object.keys[i]) != kBesideKeys.end();
    if (value.kind == Kind::text && beside && !has(object.keys[i])) {
      message.fields.emplace_back(object.keys[i], value.text);
    }
  }
}

// What the text of a header, or of a message, is worth that stands under `key`.
Found rank_text(std::string_view text, std::string_view key) {
  const HeaderBlock block = scan_header_block(text, 0);
  if (!block.starts_well || block.strays > 0 || block.known < 2) return Found::nothing;
  Names names;
  for (const text::Line& line : text::Lines(text, 0, block.end)) {
    if (const auto start = field_start(line.text)) names.add(start->name);
  }
  const bool telling = names.trace > 0 || (names.from && names.other && is_one_of(kTextKeys, key));
  if (!telling) return Found::nothing;
  if (is_one_of(kBodyKeys, key)) return Found::body_text;
  const bool body = block.closed && !text::trim(text.substr(block.next)).empty();
  return body ? Found::whole : Found::header_text;
}

std::optional<std::string> decode_message(std::string_view text, std::string_view key) {
  if (text.size() < kShortestEncoded) return std::nullopt;
  // A multiple of four characters begins a text of its own.
  const auto sample =
      base64_decode_either(text.substr(0, std::min(text.size() / 4 * 4, kSampleBytes)));
  if (!sample || sample->find(':') == std::string::npos) return std::nullopt;
  auto whole = base64_decode_either(text);
  if (!whole || rank_text(*whole, key) < Found::header_text) return std::nullopt;
  return whole;
}

// A text in one line whose line ends and tabs were written as \\r, \\n and \\t; null for others.
std::optional<std::string> undo_escapes(std::string_view text) {
  if (text.find('\n') != text.npos || text.find("\\n") == text.npos) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = text[at] == '\\' && at + 1 < text.size() ? text[at + 1] : '\0';
    constexpr std::string_view kLetters = "rnt";
    const std::size_t letter = next == '\0' ? kLetters.npos : kLetters.find(next);
    out += letter == kLetters.npos ? text[at] : "\r\n\t"[letter];
    at += letter == kLetters.npos ? 0 : 1;
  }
  return out;
}

class Finder {
 public:
  std::vector<FoundMessage> find(const JsonValue& value, std::string_view key) {
    switch (value.kind) {
      case Kind::text:
        return find_in_text(value.text, key);
      case Kind::list:
        return find_in_list(value, key);
      case Kind::object:
        return find_in_object(value);
      case Kind::null:
      case Kind::number:
      case Kind::other:
        break;
    }
    return {};
  }

 private:
  std::vector<FoundMessage> find_in_text(const std::string& text, std::string_view key) {
    if (const Found rank = rank_text(text, key); rank != Found::nothing) {
      return {{rank, {}, text, std::string(key), 0}};
    }
    if (auto decoded = decode_message(text, key)) {
      return {{rank_text(*decoded, key), {}, *decoded, std::string(key), 0}};
    }
    if (auto plain = undo_escapes(text)) {
      if (const Found rank = rank_text(*plain, key); rank != Found::nothing) {
        return {{rank, {}, std::move(*plain), std::string(key), 0}};
      }
    }
    const bool may_be_json = text.starts_with('{') || text.starts_with('[');
    if (!may_be_json || texts_inside_ >= kMaxTextsInside) return {};
    ++texts_inside_;
    std::vector<FoundMessage> found;
    const JsonSequence inner = parse_export(text);
    if (inner.end == text.size()) {
      for (const JsonValue& value : inner.values) append(found, find(value, key));
    }
    --texts_inside_;
    return found;
  }

  std::vector<FoundMessage> find_in_list(const JsonValue& list, std::string_view key) {
    if (auto pairs = read_pairs(list)) return {std::move(*pairs)};
    std::vector<FoundMessage> found;
    for (const JsonValue& element : list.elements) append(found, find(element, key));
    return found;
  }

  // A member that is a header or a message makes the object a message, described by the best of
  // them: its parts and copies are not told again. Else it only holds other values.
  std::vector<FoundMessage> find_in_object(const JsonValue& object) {
    std::vector<FoundMessage> own;
    std::vector<FoundMessage> inside;
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
      const JsonValue& value = object.elements[i];
      auto found = find(value, object.keys[i]);
      const bool direct = found.size() == 1 && (value.kind == Kind::text ||
                                                (value.kind == Kind::list && read_pairs(value)));
      append(direct ? own : inside, std::move(found));
    }
    if (!own.empty()) {
      const auto better = std::ranges::max_element(own, {}, &FoundMessage::rank);
      const bool only_body = better->rank == Found::body_text && !inside.empty();
      if (!only_body) {
        add_missing(object, *better);
        return {std::move(*better)};
      }
    }
    auto fields = read_object(object);
    if (fields) inside.push_back(std::move(*fields));
    if (inside.empty()) return {};
    const Found best = std::ranges::max_element(inside, {}, &FoundMessage::rank)->rank;
    std::erase_if(inside, [best](const FoundMessage& m) { return m.rank != best; });
    return inside;
  }

  static void append(std::vector<FoundMessage>& to, std::vector<FoundMessage> from) {
    std::ranges::move(from, std::back_inserter(to));
  }

  std::size_t texts_inside_ = 0;
};

}  // namespace

JsonSequence parse_export(std::string_view text) {
  return text.size() > kMaxJsonBytes ? JsonSequence() : parse_json_sequence(text, kJsonBounds);
}

std::vector<FoundMessage> find_messages(const JsonValue& value) {
  auto found = Finder().find(value, "");
  for (FoundMessage& message : found) {
    message.unnamed = std::erase_if(message.fields,
                                    [](const auto& field) { return !is_field_name(field.first); });
  }
  return found;
}

}  // namespace emltrace::intake::container
