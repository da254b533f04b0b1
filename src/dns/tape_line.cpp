#include "dns/tape_line.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dns {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "emltrace.recording/1";

// ---- writing

Json bytes_to_json(const std::string& bytes) {
  if (text::is_utf8(bytes)) return bytes;
  return {{"base64", base64_encode(bytes)}};
}

struct DataToJson {
  Json operator()(const ip::Address& address) const { return address.text(); }
  Json operator()(const DomainName& name) const { return name.text(); }
  Json operator()(const MailExchange& mx) const {
    return {{"preference", mx.preference},
            {"exchange", mx.exchange ? Json(mx.exchange->text()) : Json(nullptr)}};
  }
  Json operator()(const Text& text) const {
    Json strings = Json::array();
    for (const std::string& part : text.strings) strings.push_back(bytes_to_json(part));
    return strings;
  }
};

/// JSON needs UTF-8; what is not (no name or reason should) is replaced, not an exception.
std::string to_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json time_or_null(const std::optional<Instant>& time) {
  return time ? Json(format_rfc3339(*time)) : Json(nullptr);
}

// ---- reading: each reader gives null where the value is not of its kind

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::string> read_string(const Json* json) {
  if (json == nullptr || !json->is_string()) return std::nullopt;
  return json->get<std::string>();
}

/// An absent or null text is the empty one.
std::optional<std::string> read_optional_string(const Json* json) {
  if (json == nullptr || json->is_null()) return std::string();
  return read_string(json);
}

std::optional<bool> read_flag(const Json* json) {
  if (json == nullptr) return false;
  if (!json->is_boolean()) return std::nullopt;
  return json->get<bool>();
}

template <class Number>
std::optional<Number> read_number(const Json* json) {
  if (json == nullptr || !json->is_number_unsigned()) return std::nullopt;
  const auto number = json->get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(std::numeric_limits<Number>::max())) return std::nullopt;
  return static_cast<Number>(number);
}

std::optional<DomainName> read_name(const Json* json) {
  const auto text = read_string(json);
  return text ? DomainName::parse_octets(*text) : std::nullopt;
}

std::optional<Type> read_type(const Json* json) {
  const auto text = read_string(json);
  return text ? parse_type(*text) : std::nullopt;
}

std::optional<std::vector<std::string>> read_strings(const Json* json) {
  if (json == nullptr || !json->is_array()) return std::nullopt;
  std::vector<std::string> strings;
  for (const Json& element : *json) {
    auto text = read_string(&element);
    if (!text) return std::nullopt;
    strings.push_back(std::move(*text));
  }
  return strings;
}

/// An absent list is the empty one.
std::optional<std::vector<std::int64_t>> read_times_taken(const Json* json) {
  std::vector<std::int64_t> times;
  if (json == nullptr) return times;
  if (!json->is_array()) return std::nullopt;
  for (const Json& element : *json) {
    const auto time = read_number<std::int64_t>(&element);
    if (!time) return std::nullopt;
    times.push_back(*time);
  }
  return times;
}

std::optional<Text> read_text(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  Text text;
  for (const Json& element : json) {
    auto part = read_string(&element);
    if (!part) {
      const auto encoded = read_string(member(element, "base64"));
      part = encoded ? base64_decode(*encoded) : std::nullopt;
    }
    if (!part) return std::nullopt;
    text.strings.push_back(std::move(*part));
  }
  return text;
}

using Data = decltype(Record::data);

std::optional<Data> read_exchange(const Json& json) {
  const auto preference = read_number<std::uint16_t>(member(json, "preference"));
  const Json* target = member(json, "exchange");
  if (!preference || target == nullptr) return std::nullopt;
  MailExchange exchange{*preference, std::nullopt};
  if (!target->is_null()) {
    exchange.exchange = read_name(target);
    if (!exchange.exchange) return std::nullopt;
  }
  return exchange;
}

std::optional<Data> read_data(Type type, const Json& json) {
  switch (type) {
    case Type::mx:
      return read_exchange(json);
    case Type::txt:
    case Type::spf:
    case Type::hinfo:
      return read_text(json);
    case Type::a:
    case Type::aaaa: {
      const auto text = read_string(&json);
      return text ? ip::Address::parse(*text) : std::nullopt;
    }
    default:
      return read_name(&json);
  }
}

std::optional<Record> read_record(const Json& json) {
  auto owner = read_name(member(json, "owner"));
  const auto type = read_type(member(json, "type"));
  const auto ttl = read_number<std::uint32_t>(member(json, "ttl"));
  const Json* data = member(json, "data");
  if (!owner || !type || !ttl || data == nullptr) return std::nullopt;
  auto value = read_data(*type, *data);
  if (!value) return std::nullopt;
  return Record{std::move(*owner), *type, *ttl, std::move(*value)};
}

/// An absent or null time is none; the outer null is a time that cannot be read.
std::optional<std::optional<Instant>> read_time(const Json* json) {
  if (json == nullptr || json->is_null()) return std::optional<Instant>();
  const auto text = read_string(json);
  const auto time = text ? parse_instant(*text) : std::nullopt;
  if (!time) return std::nullopt;
  return time;
}

Error bad(const char* field) {
  return Error{std::string("no or no valid \"") + field + "\""};
}

Result<Answer> read_answer(const Json& json) {
  Answer answer;
  const auto word = read_string(member(json, "status"));
  const auto status = word ? parse_status(*word) : std::nullopt;
  if (!status || *status == Status::pending) return bad("status");
  answer.status = *status;
  const auto ad = read_flag(member(json, "ad"));
  if (!ad) return bad("ad");
  answer.authenticated = *ad;
  auto server = read_optional_string(member(json, "server"));
  if (!server) return bad("server");
  answer.server = std::move(*server);
  const auto time = read_time(member(json, "time"));
  if (!time) return bad("time");
  answer.time = *time;
  auto reason = read_optional_string(member(json, "reason"));
  if (!reason) return bad("reason");
  answer.reason = std::move(*reason);
  const auto unheld = read_flag(member(json, "unheld"));
  if (!unheld) return bad("unheld");
  answer.unheld = *unheld;
  const Json* records = member(json, "records");
  if (records == nullptr || !records->is_array()) return bad("records");
  for (const Json& element : *records) {
    auto record = read_record(element);
    if (!record) return bad("records");
    answer.records.push_back(std::move(*record));
  }
  return answer;
}

}  // namespace

std::string head_line(const TapeHead& head) {
  Json line = {{"schema", kSchema},
               {"tool", {{"name", "emltrace"}, {"version", head.version}}},
               {"inputs", head.inputs},
               {"servers", head.servers},
               {"now", time_or_null(head.now)}};
  if (head.now_given) line["now_given"] = true;
  if (head.trust_ad) line["trust_ad"] = true;
  if (!head.mode.empty()) line["mode"] = head.mode;
  if (head.zone_skipped) line["zone_skipped"] = *head.zone_skipped;
  if (!head.elapsed_ms.empty()) line["elapsed_ms"] = head.elapsed_ms;
  return to_line(line);
}

std::string answer_line(const TapeLine& told) {
  const auto& [question, answer, input] = told;
  Json line = {{"name", question.name.text()},          {"type", to_string(question.type)},
               {"status", to_string(answer.status)},    {"ad", answer.authenticated},
               {"server", text_or_null(answer.server)}, {"time", time_or_null(answer.time)},
               {"reason", text_or_null(answer.reason)}};
  if (input > 0) line["input"] = input + 1;
  if (answer.unheld) line["unheld"] = true;
  Json& records = line["records"] = Json::array();
  for (const Record& record : answer.records) {
    records.push_back({{"owner", record.owner.text()},
                       {"type", to_string(record.type)},
                       {"ttl", record.ttl},
                       {"data", std::visit(DataToJson{}, record.data)}});
  }
  return to_line(line);
}

Result<TapeHead> read_head_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (read_string(member(json, "schema")) != kSchema) {
    return Error{"not a recording of DNS answers (" + std::string(kSchema) + ")"};
  }
  const Json* tool = member(json, "tool");
  auto version = tool != nullptr ? read_string(member(*tool, "version")) : std::nullopt;
  if (!version) return bad("tool");
  auto inputs = read_strings(member(json, "inputs"));
  if (!inputs) return bad("inputs");
  auto servers = read_strings(member(json, "servers"));
  if (!servers) return bad("servers");
  const auto now = read_time(member(json, "now"));
  if (!now) return bad("now");
  const auto now_given = read_flag(member(json, "now_given"));
  if (!now_given) return bad("now_given");
  const auto trust_ad = read_flag(member(json, "trust_ad"));
  if (!trust_ad) return bad("trust_ad");
  auto mode = read_optional_string(member(json, "mode"));
  if (!mode) return bad("mode");
  const Json* skipped = member(json, "zone_skipped");
  const auto zone_skipped = read_number<std::size_t>(skipped);
  if (skipped != nullptr && !zone_skipped) return bad("zone_skipped");
  auto elapsed = read_times_taken(member(json, "elapsed_ms"));
  if (!elapsed) return bad("elapsed_ms");
  return TapeHead{std::move(*version), std::move(*inputs), std::move(*servers), *now,
                  *now_given,          *trust_ad,          std::move(*mode),    zone_skipped,
                  std::move(*elapsed)};
}

Result<TapeLine> read_answer_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return Error{"not a JSON object"};
  auto name = read_name(member(json, "name"));
  if (!name) return bad("name");
  const auto type = read_type(member(json, "type"));
  if (!type) return bad("type");
  auto answer = read_answer(json);
  if (!answer) return Error{answer.error()};
  const Json* input = member(json, "input");
  const auto number = input == nullptr ? 1 : read_number<std::size_t>(input).value_or(0);
  if (number == 0) return bad("input");
  return TapeLine{{std::move(*name), *type}, std::move(*answer), number - 1};
}

}  // namespace emltrace::dns
