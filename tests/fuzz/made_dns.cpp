#include "fuzz/made_dns.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "base/text.hpp"

namespace emltrace::fuzz {
namespace {

constexpr std::string_view kMark = "\n$ORIGIN .\n";
constexpr std::string_view kChance = ";;";
constexpr std::size_t kMostRecords = 200;

// The bytes from a place that the question decides, round and round.
class Draw {
 public:
  Draw(std::string_view bytes, const dns::Question& question) : bytes_(bytes) {
    // FNV-1a: the same on every machine, so that an input that was kept stays what it is.
    std::uint32_t hash = 2'166'136'261U;
    for (const char c : dns::to_string(question)) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    }
    at_ = bytes.empty() ? 0 : hash % bytes.size();
  }
  std::uint8_t octet() {
    if (bytes_.empty()) return 0;
    const char c = bytes_[at_];
    at_ = (at_ + 1) % bytes_.size();
    return static_cast<std::uint8_t>(c);
  }
  std::string text(std::size_t most) {
    std::string out;
    for (std::size_t size = octet() % (most + 1); size > 0; --size) {
      out += static_cast<char>(octet());
    }
    return out;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

ip::Address address(Draw& draw, bool v4) {
  std::array<std::uint8_t, 4> four{};
  std::array<std::uint8_t, 16> sixteen{};
  for (auto& octet : four) octet = draw.octet();
  for (auto& octet : sixteen) octet = draw.octet();
  return v4 ? ip::Address::v4(four) : ip::Address::v6(sixteen);
}

DomainName name(Draw& draw, const DomainName& otherwise) {
  return DomainName::parse_octets(draw.text(64)).value_or(otherwise);
}

decltype(dns::Record::data) data(Draw& draw, const dns::Question& question) {
  switch (question.type) {
    case dns::Type::a:
    case dns::Type::aaaa:
      return address(draw, question.type == dns::Type::a);
    case dns::Type::mx:
      return dns::MailExchange{draw.octet(), name(draw, question.name)};
    case dns::Type::txt:
    case dns::Type::spf:
      return dns::Text{{draw.text(255), draw.text(255)}};
    default:
      return name(draw, question.name);
  }
}

}  // namespace

MessageAndDns split_dns(std::string_view input) {
  const auto at = input.find(kMark);
  if (at == std::string_view::npos) return {input, {}};
  return {input.substr(0, at), input.substr(at + kMark.size())};
}

std::string join_dns(std::string_view message, std::string_view zone) {
  return std::string(message) + std::string(kMark) + std::string(zone);
}

MadeDns::MadeDns(std::string_view bytes) : bytes_(bytes) {
  std::size_t records = 0;
  for (const auto line : text::split(bytes, '\n')) {
    if (line.empty() || line.front() == '$' || line.front() == ';') continue;
    if (records == kMostRecords) break;
    if (zone_.add_text(line, "made")) ++records;
  }
}

dns::Answer MadeDns::made(const dns::Question& question) const {
  using enum dns::Status;
  static constexpr std::array kStatuses{ok, no_data, no_such_name, failed, timed_out, refused};
  Draw draw(bytes_, question);
  dns::Answer answer;
  answer.status = kStatuses[draw.octet() % kStatuses.size()];
  if (answer.error()) answer.reason = draw.text(16);
  if (answer.status == ok) {
    for (int count = 1 + draw.octet() % 3; count > 0; --count) {
      answer.records.push_back({question.name, question.type, draw.octet(), data(draw, question)});
    }
  }
  return answer;
}

void MadeDns::fetch(const dns::Question& question, Clock::time_point /*deadline*/, Done done) {
  dns::Answer answer = zone_.lookup(question);
  const bool chance = bytes_.find(kChance) != std::string_view::npos;
  if (chance && answer.status == dns::Status::no_such_name) answer = made(question);
  done(std::move(answer));
}

}  // namespace emltrace::fuzz
