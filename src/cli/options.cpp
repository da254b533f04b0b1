#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string_view>

#include "base/text.hpp"
#include "cli/written_options.hpp"
#include "report/version.hpp"

namespace emltrace::cli {
namespace {

constexpr const char* kDescription =
    "Says who put a message into the mail system, by what road it came, which lines of its header\n"
    "can be believed, and whether its author is who it says.";
constexpr const char* kFooter =
    "Exit status: 0 traced; 1 --fail-on was reached; 2 the command line is wrong; 3 an input "
    "could\n"
    "not be read; 4 --fail-on could not be decided because DNS failed; 70, 74 see emltrace(1).";
constexpr std::size_t kHelpColumn = 30;
constexpr std::size_t kHelpWidth = 100;

/// Help that wraps: CLI11's own runs on to the right.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string /*name*/,
                        CLI::AppFormatMode /*mode*/) const override {
    std::string out = app->get_description() + "\n\nUsage: emltrace [OPTIONS] [PATH...]\n\n";
    const auto each = [&](const std::string& group, bool positional) {
      std::string lines;
      for (const CLI::Option* option : app->get_options([&](const CLI::Option* o) {
             return o->get_group() == group && o->get_positional() == positional;
           })) {
        lines += make_option(option, positional);
      }
      if (!lines.empty()) out += (positional ? "" : '\n' + group + ":\n") + lines;
    };
    for (const std::string& group : app->get_groups()) each(group, true);
    for (const std::string& group : app->get_groups()) each(group, false);
    return out + '\n' + app->get_footer() + '\n';
  }

  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    std::string name = "  " + option->get_name(is_positional, !is_positional);
    if (const auto comma = name.find(",--"); comma != std::string::npos)
      name.insert(comma + 1, " ");
    if (!option->get_type_name().empty()) name += ' ' + option->get_type_name();
    std::size_t column = name.size();
    if (column + 2 > kHelpColumn) {
      name += '\n';
      column = 0;
    }
    name.append(kHelpColumn - column, ' ');
    column = kHelpColumn;
    bool first = true;
    for (const auto word : text::words(option->get_description())) {
      if (!first && column + 1 + word.size() > kHelpWidth) {
        name += '\n' + std::string(kHelpColumn, ' ');
        column = kHelpColumn;
        first = true;
      }
      if (!first) name += ' ';
      name += word;
      column += word.size() + (first ? 0 : 1);
      first = false;
    }
    return name + '\n';
  }
};

/// One group of options in the help. A value may be given again: the last one counts.
class Group {
 public:
  Group(CLI::App& app, std::string name) : app_(app), name_(std::move(name)) {}

  Group& value(const std::string& names, std::optional<std::string>& into, const char* type,
               const char* help) {
    app_.add_option_function<std::string>(
            names, [&into](const std::string& text) { into = text; }, help)
        ->type_name(type)
        ->group(name_)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    return *this;
  }
  Group& list(const std::string& names, std::vector<std::string>& into, const char* type,
              const char* help) {
    // Without extra arguments `--trust a b.eml` leaves b.eml a PATH, and `[::1]` one value.
    app_.add_option(names, into, help)->type_name(type)->group(name_)->allow_extra_args(false);
    return *this;
  }
  Group& flag(const std::string& names, bool& into, const char* help) {
    app_.add_flag(names, into, help)->group(name_);
    return *this;
  }

 private:
  CLI::App& app_;
  std::string name_;
};

void add_input(CLI::App& app, WrittenOptions& o) {
  app.add_option("PATH", o.paths,
                 "a message, pasted headers, an mbox, a Maildir or a folder; '-' or none: standard "
                 "input")
      ->type_name("");
  Group(app, "Input")
      .value("--input", o.input, "KIND", "auto, message, headers, mbox [auto]")
      .value("--files-from", o.files_from, "FILE", "read the PATHs from FILE, one a line")
      .flag("-0,--null", o.null_separated, "PATHs in that file end with NUL")
      .value("--attached", o.attached, "MODE",
             "messages inside messages: auto (the original in an abuse report or a forward), "
             "never, all [auto]");
  Group(app, "Trust and envelope")
      .list("--trust", o.trust, "HOST|NET",
            "the recipient's own servers: a name, .suffix, address or network; repeatable")
      .value("--border", o.border, "N",
             "in hop N the recipient's own server took the message from outside [detected]")
      .value("--client-ip", o.client_ip, "ADDR", "the client's address at the border, from a log")
      .value("--helo", o.helo, "NAME", "the HELO or EHLO name at the border")
      .value("--mail-from", o.mail_from, "ADDR", "the envelope sender; <> for the null path")
      .value("--rcpt-to", o.rcpt_to, "ADDR", "the envelope recipient");
}

void add_checks(CLI::App& app, WrittenOptions& o) {
  Group(app, "DNS")
      .list("--resolver", o.resolvers, "ADDR[:PORT]",
            "DNS server, [v6]:port for IPv6; repeatable [the system's]")
      .value("--timeout", o.timeout, "S", "seconds for one question [3]")
      .value("--deadline", o.deadline, "S", "seconds for all DNS work of one message [10]")
      .flag("--offline", o.offline, "no DNS question leaves this machine")
      .list("--zone", o.zones, "FILE", "answer DNS from this master file alone; repeatable")
      .value("--record", o.record, "FILE", "save every DNS answer as evidence")
      .value("--replay", o.replay, "FILE", "answer DNS from such a file alone");
  Group(app, "Checks")
      .value("--now", o.now, "TIME", "the clock of every check: RFC 3339 or epoch seconds")
      .value("--dmarc", o.dmarc, "MODE",
             "rfc9989 (tree walk) or rfc7489 (public suffix list) [rfc9989]")
      .value("--psl", o.psl, "FILE", "another public suffix list")
      .flag("--no-repair", o.no_repair, "do not look for what broke a DKIM signature");
}

void add_output(CLI::App& app, WrittenOptions& o) {
  Group(app, "Output")
      .value("-f,--format", o.format, "F", "text, json, ndjson, authres [text]")
      .value("-o,--output", o.output, "FILE", "write there, whole or not at all")
      .value("--authserv-id", o.authserv_id, "ID", "the name in -f authres [this host]")
      .value("--color", o.color, "WHEN", "auto, always, never [auto]")
      .value("--width", o.width, "N", "columns of the text report [the terminal's, or 100]")
      .flag("-v,--verbose", o.verbose, "every reason, record and piece of evidence")
      .flag("-q,--quiet", o.quiet, "no report, only the exit status")
      .value("--fail-on", o.fail_on, "LEVEL",
             "exit 1 where a message is notice, suspicious or forged, or worse");
  Group(app, "Findings")
      .value("--explain", o.explain, "CODE", "what a finding means and what can make it wrong")
      .flag("--list-findings", o.list_findings, "every finding there is; with -f json as JSON");
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

Stop complaint(std::string_view reason) {
  return {std::string(reason.substr(0, reason.find('\n'))), true};
}

void describe(CLI::App& app, WrittenOptions& written) {
  app.formatter(std::make_shared<HelpFormatter>());
  add_input(app, written);
  add_checks(app, written);
  add_output(app, written);
  app.set_help_flag("-h,--help", "print this")->group("Other")->configurable(false);
  app.set_version_flag("-V,--version", "emltrace " + std::string(report::version()))
      ->description("print the version")
      ->group("Other")
      ->configurable(false);
  app.set_config("--config", default_config(), "the same options from a file, option = value")
      ->type_name("FILE")
      ->group("Other")
      ->configurable(false);
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.footer(kFooter);
}

}  // namespace

std::variant<Options, Stop> read_options(int argc, const char* const* argv) {
  WrittenOptions written;
  CLI::App app(kDescription, "emltrace");
  describe(app, written);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) return complaint(error.what());
    std::ostringstream out;
    std::ostringstream unused;
    app.exit(error, out, unused);
    return Stop{out.str(), false};
  }
  auto options = check(written);
  if (!options) return complaint(options.error());
  return std::move(*options);
}

}  // namespace emltrace::cli
