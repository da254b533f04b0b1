#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "cli/config.hpp"
#include "cli/suggestion.hpp"
#include "cli/values.hpp"
#include "report/library/values.hpp"
#include "report/version.hpp"

namespace emltrace::cli {
namespace {

constexpr const char* kDescription =
    "Says who put a message into the mail system, by what road it came, which lines of its header\n"
    "can be believed, and whether its author is who it says.\n";
constexpr const char* kFooter =
    "Exit status: 0 traced; 1 --fail-on was reached; 2 the command line is wrong; 3 an input "
    "could\n"
    "not be read; 4 --fail-on could not be decided because DNS failed; 70, 74 see emltrace(1).";
constexpr std::size_t kHelpColumn = 30;
constexpr std::uint64_t kMaxHop = 1'000'000;
constexpr std::uint64_t kMinWidth = 20;
constexpr std::uint64_t kMaxWidth = 1'000;

/// A word of an enumeration, turned into the number that CLI11 reads as its value.
template <class T>
CLI::Validator one_of(std::vector<std::pair<std::string, T>> words) {
  const auto turn = [words = std::move(words)](std::string& text) {
    std::vector<std::string> known;
    for (const auto& [word, value] : words) {
      if (text::iequals(text, word)) {
        text = std::to_string(static_cast<int>(value));
        return std::string();
      }
      known.push_back(word);
    }
    return fmt::format("\"{}\" is none of {}{}", text, text::join(known, ", "),
                       suggestion(text, known));
  };
  return {turn, ""};
}

/// A whole decimal number. CLI11 by itself takes `010` for eight.
CLI::Validator whole(std::uint64_t least, std::uint64_t most) {
  const auto turn = [least, most](std::string& text) {
    const auto value = text::parse_unsigned(text);
    if (!value || *value < least || *value > most) {
      return fmt::format("\"{}\" is no number from {} to {}", text, least, most);
    }
    text = std::to_string(*value);
    return std::string();
  };
  return {turn, ""};
}

/// One group of options in the help. A value may be given again: the last one counts.
class Group {
 public:
  Group(CLI::App& app, const char* name) : app_(app) {
    app.option_defaults()->group(name)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }

  /// A value that CLI11 reads, after `check`.
  template <class T, class Into>
  CLI::Option* value(const char* names, Into& into, CLI::Validator check, const char* type,
                     const char* help) {
    const auto take = [&into](const T& value) { into = value; };
    return app_.add_option_function<T>(names, take, help)
        ->transform(std::move(check))
        ->option_text(type);
  }
  CLI::Option* text(const char* names, std::optional<std::string>& into, const char* type,
                    const char* help) {
    return app_
        .add_option_function<std::string>(
            names, [&into](const std::string& text) { into = text; }, help)
        ->option_text(type);
  }
  /// A value that `reader` makes of the text.
  template <class Into, class T>
  CLI::Option* read(const char* name, Into& into, Result<T> (*reader)(const std::string&),
                    const char* type, const char* help) {
    const auto take = [&into, name, reader](const std::string& text) {
      into = made(name, text, reader);
    };
    return app_.add_option_function<std::string>(name, take, help)->option_text(type);
  }
  template <class T>
  CLI::Option* read_all(const char* name, std::vector<T>& into,
                        Result<T> (*reader)(const std::string&), const char* type,
                        const char* help) {
    const auto take = [&into, name, reader](const std::vector<std::string>& texts) {
      for (const auto& text : texts) into.push_back(made(name, text, reader));
    };
    return repeatable(app_.add_option_function<std::vector<std::string>>(name, take, help), type);
  }
  CLI::Option* all(const char* name, std::vector<std::string>& into, const char* type,
                   const char* help) {
    return repeatable(app_.add_option(name, into, help), type);
  }
  void flag(const char* names, bool& into, const char* help) { app_.add_flag(names, into, help); }

 private:
  template <class Read>
  static auto made(const char* name, const std::string& text, const Read& reader) {
    auto value = reader(text);
    if (!value) throw CLI::ValidationError(name, value.error());
    return *std::move(value);
  }
  /// Without extra arguments `--trust a b.eml` leaves b.eml a PATH, and `[::1]` one value.
  static CLI::Option* repeatable(CLI::Option* option, const char* type) {
    return option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false)
        ->option_text(type);
  }

  CLI::App& app_;
};

void add_input(CLI::App& app, Options& o) {
  using intake::AttachedMode;
  using intake::InputKind;
  app.add_option("PATH", o.input.paths,
                 "a message, pasted headers, an mbox, a Maildir, a folder,\n"
                 "or an archive of them; '-' or none: standard input")
      ->option_text(" ");
  Group group(app, "Input");
  group.value<InputKind>("--input", o.input.input,
                         one_of<InputKind>({{"auto", InputKind::automatic},
                                            {"message", InputKind::message},
                                            {"headers", InputKind::headers},
                                            {"mbox", InputKind::mbox}}),
                         "KIND", "auto, message, headers, mbox [auto]");
  group.text("--files-from", o.input.files_from, "FILE", "read the PATHs from FILE, one a line");
  group.all("--password", o.input.passwords, "WORD",
            "of an archive; repeatable ('infected' is tried by itself)");
  group.flag("-0,--null", o.input.null_separated, "PATHs in that file end with NUL");
  group.value<AttachedMode>("--attached", o.input.attached,
                            one_of<AttachedMode>({{"auto", AttachedMode::automatic},
                                                  {"never", AttachedMode::never},
                                                  {"all", AttachedMode::all}}),
                            "MODE",
                            "messages inside messages: auto (the original in an abuse\n"
                            "report or a forward), never, all [auto]");
}

void add_trust(CLI::App& app, trace::Options& o) {
  namespace library = report::library;
  Group group(app, "Trust and envelope");
  group.read_all("--trust", o.trust, library::read_trust_rule, "HOST|NET",
                 "the recipient's own servers: a name, .suffix (or *.suffix),\n"
                 "address or network; repeatable");
  group.read_all("--trust-sealer", o.trusted_sealers, library::read_domain, "DOMAIN",
                 "an ARC sealer whose word counts; repeatable");
  group.read_all("--own", o.ours.domains, library::read_own_domain, "DOMAIN",
                 "a domain of the recipient's: imitations of it are told;\nrepeatable");
  group.read_all("--vip", o.ours.people, library::read_person, "NAME",
                 "a person whose name at a domain not own is told;\nrepeatable");
  group.value<int>("--border", o.border, whole(1, kMaxHop), "N",
                   "in hop N the recipient's own server took the message from\n"
                   "outside [detected]");
  // One connection has one client and one path: a second one is never dropped in silence.
  for (CLI::Option* fact :
       {group.read("--client-ip", o.client_ip, library::read_address, "ADDR",
                   "the client's address at the border, from a log"),
        group.text("--helo", o.helo, "NAME", "the HELO or EHLO name at the border"),
        group.read("--mail-from", o.mail_from, library::read_path, "ADDR",
                   "the envelope sender; <> for the null path"),
        group.read("--rcpt-to", o.rcpt_to, library::read_path, "ADDR", "the envelope recipient")}) {
    fact->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  }
}

void add_dns(CLI::App& app, Options& o) {
  Group group(app, "DNS");
  group.read_all("--resolver", o.resolvers, read_server, "ADDR[:PORT]",
                 "DNS server, [v6]:port for IPv6; repeatable [the system's]");
  group.read("--timeout", o.timeout, read_seconds, "S",
             "seconds for one question [resolv.conf's, or 3]");
  group.read("--deadline", o.deadline, read_seconds, "S",
             "seconds for all DNS work of one message [10]");
  group.flag("--trust-ad", o.trust_ad,
             "believe the DNSSEC word (AD bit) of a resolver that is not on\nthis machine");
  group.flag("--offline", o.offline, "no DNS question leaves this machine");
  group.all("--zone", o.zones, "FILE", "answer DNS from this master file alone; repeatable");
  group.text("--record", o.record, "FILE", "save every DNS answer as evidence");
  group.text("--replay", o.replay, "FILE", "answer DNS from such a file alone");
}

void add_checks(CLI::App& app, Options& o) {
  Group group(app, "Checks");
  group.read("--now", o.now, read_time, "TIME",
             "the clock of every check: RFC 3339 or epoch seconds");
  group.value<dmarc::Mode>(
      "--dmarc", o.analysis.dmarc,
      one_of<dmarc::Mode>({{"rfc9989", dmarc::Mode::rfc9989}, {"rfc7489", dmarc::Mode::rfc7489}}),
      "MODE", "rfc9989 (tree walk) or rfc7489 (public suffix list)\n[rfc9989]");
  group.text("--psl", o.psl, "FILE", "another public suffix list");
  app.add_flag_callback(
      "--no-repair", [&o] { o.analysis.repair = false; },
      "do not look for what broke a DKIM signature");
}

void add_output(CLI::App& app, Options& o) {
  using trace::Level;
  Group group(app, "Output");
  group.value<Format>("-f,--format", o.format,
                      one_of<Format>({{"text", Format::text},
                                      {"json", Format::json},
                                      {"ndjson", Format::ndjson},
                                      {"html", Format::html},
                                      {"authres", Format::authres}}),
                      "F", "text, json, ndjson, html, authres [text]");
  group.text("-o,--output", o.output, "FILE", "write there, whole or not at all");
  group.read("--authserv-id", o.authserv_id, read_filled, "ID",
             "the name in -f authres [this host]");
  group.value<When>(
      "--color", o.color,
      one_of<When>({{"auto", When::automatic}, {"always", When::always}, {"never", When::never}}),
      "WHEN", "auto, always, never [auto]");
  group.value<std::size_t>("--width", o.width, whole(kMinWidth, kMaxWidth), "N",
                           "columns of the text report [the terminal's, or 100]");
  group.flag("-v,--verbose", o.verbose, "every reason, record and piece of evidence");
  group.flag("-q,--quiet", o.quiet, "no report, only the exit status");
  group.value<Level>("--fail-on", o.fail_on,
                     one_of<Level>({{"notice", Level::notice},
                                    {"suspicious", Level::suspicious},
                                    {"forged", Level::forged}}),
                     "LEVEL", "exit 1 where a message is notice, suspicious or forged,\nor worse");
}

void add_findings(CLI::App& app, Options& o) {
  Group group(app, "Findings");
  group.read("--explain", o.explain, read_finding_code, "CODE",
             "what a finding means and what can make it wrong");
  group.flag("--list-findings", o.list_findings, "every finding there is; with -f json as JSON");
}

std::string default_config() {
  const auto set = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  // A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification).
  std::string base = set("XDG_CONFIG_HOME");
  if (base.empty() || base.front() != '/') {
    base = set("HOME");
    if (base.empty()) return "";
    base += "/.config";
  }
  return base + "/emltrace/config.toml";
}

void add_other(CLI::App& app, std::optional<std::string>& config) {
  app.set_help_flag("-h,--help", "print this")->group("Other")->configurable(false);
  app.set_version_flag("-V,--version", "emltrace " + std::string(report::version()))
      ->description("print the version")
      ->group("Other")
      ->configurable(false);
  Group(app, "Other")
      .text("--config", config, "FILE", "the same options from a TOML file: option = value")
      ->configurable(false);
}

std::vector<std::string> configurable_options(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_configurable()) continue;
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

/// Gives an option the values of a line of the configuration file. Throws as the command line does.
void apply(CLI::Option& option, const Setting& setting) {
  if (option.get_expected_min() > 0) {
    option.add_result(setting.values);
  } else if (setting.values == std::vector<std::string>{"true"}) {
    option.add_result(option.get_flag_value(setting.name, "true"));
  } else if (setting.values != std::vector<std::string>{"false"}) {
    throw CLI::ValidationError("--" + setting.name, "a flag is true or false");
  } else {
    return;
  }
  option.run_callback();
}

/// What the command line does not say comes from the file that `--config` names, or from the user's
/// own where there is one.
Result<void> read_config(CLI::App& app, const std::optional<std::string>& given) {
  std::error_code unknown;
  const std::string path = given.value_or(default_config());
  if (!given && (path.empty() || !std::filesystem::exists(path, unknown))) return {};
  const auto settings = read_settings(path, configurable_options(app));
  if (!settings) return Error{settings.error()};
  for (const Setting& setting : *settings) {
    CLI::Option& option = *app.get_option("--" + setting.name);
    try {
      if (option.empty()) apply(option, setting);
    } catch (const CLI::ParseError& error) {
      return Error{fmt::format("{}:{}: {}", path, setting.line, error.what())};
    }
  }
  return {};
}

/// What CLI11 says of an argument that is no option ends in the argument.
std::string unknown_option(const CLI::App& app, const CLI::ExtrasError& error) {
  const std::string what = error.what();
  const std::string written = what.substr(what.rfind(": ") + 2);
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return fmt::format("{}: there is no such option{}", written,
                     suggestion(written.substr(0, written.find('=')), names));
}

Stop complaint(std::string_view reason) {
  return {std::string(reason.substr(0, reason.find('\n'))), true};
}

}  // namespace

std::variant<Options, Stop> read_options(int argc, const char* const* argv) {
  Options options;
  CLI::App app(kDescription, "emltrace");
  app.get_formatter()->column_width(kHelpColumn);
  app.get_formatter()->label("Positionals", "Arguments");
  app.footer(kFooter);
  add_input(app, options);
  add_trust(app, options.analysis);
  add_dns(app, options);
  add_checks(app, options);
  add_output(app, options);
  add_findings(app, options);
  std::optional<std::string> config;
  add_other(app, config);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    return complaint(unknown_option(app, error));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return complaint(error.what());
    std::ostringstream out;
    std::ostringstream unused;
    app.exit(error, out, unused);
    return Stop{out.str(), false};
  }
  if (const auto read = read_config(app, config); !read) return complaint(read.error());
  if (options.replay && !options.zones.empty()) return complaint("--replay excludes --zone");
  if (options.input.null_separated && !options.input.files_from) {
    return complaint("-0: needs --files-from");
  }
  return options;
}

}  // namespace emltrace::cli
