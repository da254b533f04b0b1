#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "cli/written_options.hpp"
#include "message/address.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::cli {
namespace {

constexpr std::size_t kMinWidth = 20;
constexpr std::size_t kMaxWidth = 1'000;
constexpr double kMaxSeconds = 86'400;

template <class T>
using Words = std::vector<std::pair<std::string_view, T>>;

/// Collects values and keeps the first thing that is wrong.
class Checker {
 public:
  void fail(std::string_view option, std::string_view reason) {
    if (!error_) error_ = Error{fmt::format("{}: {}", option, reason)};
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

  template <class T>
  std::optional<T> word(std::string_view option, const std::optional<std::string>& text,
                        const Words<T>& words) {
    if (!text) return std::nullopt;
    std::string known;
    for (const auto& [name, value] : words) {
      if (*text == name) return value;
      known += known.empty() ? "" : ", ";
      known += name;
    }
    fail(option, fmt::format("\"{}\" is none of {}", *text, known));
    return std::nullopt;
  }

  std::optional<std::uint64_t> number(std::string_view option,
                                      const std::optional<std::string>& text, std::uint64_t least,
                                      std::uint64_t most) {
    if (!text) return std::nullopt;
    const auto value = text::parse_unsigned(*text);
    if (value && *value >= least && *value <= most) return value;
    fail(option, fmt::format("\"{}\" is no number from {} to {}", *text, least, most));
    return std::nullopt;
  }

  void seconds(std::string_view option, const std::optional<std::string>& text,
               std::chrono::milliseconds& into) {
    if (!text) return;
    double value = 0;
    const auto* end = text->data() + text->size();
    const auto [rest, code] = std::from_chars(text->data(), end, value, std::chars_format::fixed);
    if (code == std::errc() && rest == end && value >= 0.001 && value <= kMaxSeconds) {
      into = std::chrono::milliseconds(static_cast<std::int64_t>(value * 1000));
    } else {
      fail(option, fmt::format("\"{}\" is no time in seconds", *text));
    }
  }

 private:
  std::optional<Error> error_;
};

void check_input(const WrittenOptions& written, Checker& checker, Options& options) {
  using intake::AttachedMode;
  using intake::InputKind;
  options.input.paths = written.paths;
  options.input.files_from = written.files_from;
  options.input.null_separated = written.null_separated;
  if (written.null_separated && !written.files_from) checker.fail("-0", "needs --files-from");
  const Words<InputKind> kinds{{"auto", InputKind::automatic},
                               {"message", InputKind::message},
                               {"headers", InputKind::headers},
                               {"mbox", InputKind::mbox}};
  options.input.input =
      checker.word("--input", written.input, kinds).value_or(InputKind::automatic);
  const Words<AttachedMode> modes{{"auto", AttachedMode::automatic},
                                  {"never", AttachedMode::never},
                                  {"all", AttachedMode::all}};
  options.input.attached =
      checker.word("--attached", written.attached, modes).value_or(AttachedMode::automatic);
}

/// `a@b`, `<a@b>`, and `<>` or an empty text for the null path.
std::optional<std::string> check_path(Checker& checker, std::string_view option,
                                      const std::optional<std::string>& text) {
  if (!text || text->empty()) return text;
  auto path = parse_path(*text);
  if (!path) checker.fail(option, fmt::format("\"{}\" is no address", *text));
  return path;
}

void check_analysis(const WrittenOptions& written, Checker& checker, Options& options) {
  trace::Options& analysis = options.analysis;
  for (const std::string& text : written.trust) {
    if (auto rule = trace::TrustRule::parse(text)) {
      analysis.trust.push_back(*std::move(rule));
    } else {
      checker.fail("--trust", fmt::format("\"{}\" is no host name, .suffix or network", text));
    }
  }
  if (const auto hop = checker.number("--border", written.border, 1, 1'000'000)) {
    analysis.border = static_cast<int>(*hop);
  }
  if (written.client_ip) {
    analysis.client_ip = ip::Address::parse(*written.client_ip);
    if (!analysis.client_ip) {
      checker.fail("--client-ip", fmt::format("\"{}\" is no IP address", *written.client_ip));
    }
  }
  analysis.helo = written.helo;
  analysis.mail_from = check_path(checker, "--mail-from", written.mail_from);
  analysis.rcpt_to = check_path(checker, "--rcpt-to", written.rcpt_to);
  if (written.now) {
    const auto now = parse_instant(*written.now);
    if (!now) {
      checker.fail("--now", fmt::format("\"{}\" is neither an RFC 3339 time nor epoch seconds",
                                        *written.now));
    }
    analysis.now = now.value_or(Instant{});
    analysis.now_given = true;
  }
  const Words<dmarc::Mode> modes{{"rfc9989", dmarc::Mode::rfc9989},
                                 {"rfc7489", dmarc::Mode::rfc7489}};
  analysis.dmarc = checker.word("--dmarc", written.dmarc, modes).value_or(dmarc::Mode::rfc9989);
  analysis.repair = !written.no_repair;
}

void check_dns(const WrittenOptions& written, Checker& checker, Options& options) {
  for (const std::string& text : written.resolvers) {
    if (auto server = dns::parse_server(text)) {
      options.resolvers.push_back(*server);
    } else {
      checker.fail("--resolver", server.error());
    }
  }
  if (written.replay && !written.zones.empty()) {
    checker.fail("--replay", "answers alone, it cannot be used with --zone");
  }
  options.offline = written.offline;
  options.zones = written.zones;
  options.record = written.record;
  options.replay = written.replay;
  checker.seconds("--timeout", written.timeout, options.timeout);
  checker.seconds("--deadline", written.deadline, options.deadline);
  options.psl = written.psl;
  options.analysis.dns_available = !written.offline || written.replay || !written.zones.empty();
}

void check_output(const WrittenOptions& written, Checker& checker, Options& options) {
  const Words<Format> formats{{"text", Format::text},
                              {"json", Format::json},
                              {"ndjson", Format::ndjson},
                              {"authres", Format::authres}};
  options.format = checker.word("--format", written.format, formats).value_or(Format::text);
  const Words<When> whens{
      {"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
  options.color = checker.word("--color", written.color, whens).value_or(When::automatic);
  if (const auto width = checker.number("--width", written.width, kMinWidth, kMaxWidth)) {
    options.width = static_cast<std::size_t>(*width);
  }
  const Words<trace::Level> levels{{"notice", trace::Level::notice},
                                   {"suspicious", trace::Level::suspicious},
                                   {"forged", trace::Level::forged}};
  options.fail_on = checker.word("--fail-on", written.fail_on, levels);
  options.output = written.output;
  if (written.authserv_id && written.authserv_id->empty()) {
    checker.fail("--authserv-id", "is empty");
  }
  options.authserv_id = written.authserv_id;
  options.verbose = written.verbose;
  options.quiet = written.quiet;
  if (written.explain && trace::find_kind(*written.explain) == nullptr) {
    checker.fail("--explain",
                 fmt::format("no finding is called \"{}\"; --list-findings names them all",
                             *written.explain));
  }
  options.explain = written.explain;
  options.list_findings = written.list_findings;
}

}  // namespace

Result<Options> check(const WrittenOptions& written) {
  Checker checker;
  Options options;
  check_input(written, checker, options);
  check_analysis(written, checker, options);
  check_dns(written, checker, options);
  check_output(written, checker, options);
  if (checker.error()) return *checker.error();
  return options;
}

}  // namespace emltrace::cli
