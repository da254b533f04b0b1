#include "cli/options.hpp"

#include <cstddef>
#include <cstdint>

#include "cli/values.hpp"
#include "report/library/values.hpp"

namespace emltrace::cli {
namespace {

constexpr std::uint64_t kMaxHop = 1'000'000;
constexpr std::uint64_t kMaxJobs = 1'024;
constexpr std::uint64_t kMaxInFlight = 65'536;

auto one_of_when() {
  return one_of<When>(
      {{"auto", When::automatic}, {"always", When::always}, {"never", When::never}});
}

void add_input(OptionSet& set, Options& o) {
  using intake::AttachedMode;
  using intake::InputKind;
  Group group(set, "Input");
  group.value<InputKind>("--input", o.input.input,
                         one_of<InputKind>({{"auto", InputKind::automatic},
                                            {"message", InputKind::message},
                                            {"headers", InputKind::headers},
                                            {"mbox", InputKind::mbox}}),
                         "KIND", "auto, message, headers, mbox [auto]");
  group.text("--files-from", o.input.files_from, "FILE", "read the PATHs from FILE, one a line");
  group.all("--password", o.input.passwords, "WORD",
            "password of an archive; repeatable ('infected' is tried without being named)");
  group.flag("-0,--null", o.input.null_separated,
             "names in that file end with NUL, not with a line end");
  group.value<AttachedMode>("--attached", o.input.attached,
                            one_of<AttachedMode>({{"auto", AttachedMode::automatic},
                                                  {"never", AttachedMode::never},
                                                  {"all", AttachedMode::all}}),
                            "MODE",
                            "messages inside messages: auto (the original in an abuse "
                            "report or a forward), never, all [auto]");
}

void add_trust(OptionSet& set, trace::Options& o) {
  namespace library = report::library;
  Group group(set, "Trust and envelope");
  group.read_all("--trust", o.trust, library::read_trust_rule, "HOST|NET",
                 "the recipient's own servers: a name, .suffix (or *.suffix), "
                 "address or network; repeatable");
  group.read_all("--trust-sealer", o.trusted_sealers, library::read_domain, "DOMAIN",
                 "an ARC sealer whose word counts; repeatable");
  group.read_all("--own", o.ours.domains, library::read_own_domain, "DOMAIN",
                 "a domain of the recipient's: imitations of it are reported; repeatable");
  group.read_all("--vip", o.ours.people, library::read_person, "NAME",
                 "a person of the recipient's: their name at a domain that is not --own is "
                 "reported; repeatable");
  group.value<int>("--border", o.border, whole(1, kMaxHop), "N",
                   "in hop N the recipient's own server took the message from "
                   "outside [detected]");
  // One connection has one client and one path: a second one is never dropped in silence.
  for (OptionRow* fact :
       {&group.read("--client-ip", o.client_ip, library::read_address, "ADDR",
                    "the client's address at the border, from a log"),
        &group.text("--helo", o.helo, "NAME", "the HELO or EHLO name at the border"),
        &group.read("--mail-from", o.mail_from, library::read_path, "ADDR",
                    "the envelope sender; <> for the null path"),
        &group.read("--rcpt-to", o.rcpt_to, library::read_recipient, "ADDR",
                    "the envelope recipient")}) {
    fact->again = Again::refuse;
  }
}

void add_dns(OptionSet& set, Options& o) {
  Group group(set, "DNS");
  group.read_all("--resolver", o.resolvers, read_server, "ADDR[:PORT]",
                 "DNS server, [v6]:port for IPv6; repeatable [the system's]");
  group.read("--timeout", o.timeout, read_seconds, "S",
             "seconds for one question [resolv.conf's, or 3]");
  group.read("--deadline", o.deadline, read_seconds, "S",
             "seconds for all DNS work of one message [10]");
  group.flag("--trust-ad", o.trust_ad,
             "believe the DNSSEC word (AD bit) of a resolver that is not on this machine");
  group.flag("--offline", o.offline, "no DNS question leaves this machine");
  group.all("--zone", o.zones, "FILE", "answer DNS from this master file alone; repeatable");
  group.text("--record", o.record, "FILE", "save every DNS answer as evidence");
  group.text("--replay", o.replay, "FILE", "answer DNS from such a file alone");
  group.read_all("--enrich", o.enrich, read_enrichment, "LIST",
                 "ask about the origin: asn, abuse, dnsbl=ZONE; repeatable");
  group.all("--mmdb", o.mmdb, "FILE",
            "networks and countries from a MaxMind file instead of DNS; repeatable");
}

void add_checks(OptionSet& set, Options& o) {
  Group group(set, "Checks");
  group.read("--now", o.now, read_time, "TIME",
             "the clock of every check: RFC 3339 or epoch seconds");
  group.value<dmarc::Mode>(
      "--dmarc", o.analysis.dmarc,
      one_of<dmarc::Mode>({{"rfc9989", dmarc::Mode::rfc9989}, {"rfc7489", dmarc::Mode::rfc7489}}),
      "MODE", "rfc9989 (tree walk) or rfc7489 (public suffix list) [rfc9989]");
  group.text("--psl", o.psl, "FILE", "another public suffix list");
  group.off("--no-repair", o.analysis.repair, "do not look for what broke a DKIM signature");
}

void add_output(OptionSet& set, Options& o) {
  using trace::Level;
  Group group(set, "Output");
  group.value<Format>("-f,--format", o.format,
                      one_of<Format>({{"text", Format::text},
                                      {"json", Format::json},
                                      {"ndjson", Format::ndjson},
                                      {"html", Format::html},
                                      {"authres", Format::authres},
                                      {"iocs", Format::iocs},
                                      {"annotated", Format::annotated},
                                      {"arf", Format::arf},
                                      {"xarf", Format::xarf}}),
                      "F", "text, json, ndjson, html, authres, iocs, annotated, arf, xarf [text]");
  group.read_all("--print", o.print, read_json_pointer, "POINTER",
                 "instead of a report the bare value at a JSON pointer, such as /origin/ip, one "
                 "line a message; repeatable: parted by tabs");
  group.text("-o,--output", o.output, "FILE", "write there, whole or not at all");
  group.read("--authserv-id", o.authserv_id, read_filled, "ID",
             "the name in -f authres, annotated and arf [this host]");
  group.read(
      "--reporter", o.reporter, read_reporter, "MAILBOX",
      "who reports in -f arf and xarf: \"Name <address>\" [postmaster of the recipient's domain]");
  using report::FeedbackType;
  group.value<FeedbackType>("--feedback-type", o.feedback_type,
                            one_of<FeedbackType>({{"abuse", FeedbackType::abuse},
                                                  {"fraud", FeedbackType::fraud},
                                                  {"virus", FeedbackType::virus},
                                                  {"other", FeedbackType::other},
                                                  {"not-spam", FeedbackType::not_spam},
                                                  {"auth-failure", FeedbackType::auth_failure}}),
                            "TYPE",
                            "abuse, fraud, virus, other, not-spam, auth-failure "
                            "[by what was found]");
  group.flag("--redact", o.redact, "replace recipients' addresses in arf, xarf, html and iocs");
  group.text("--redact-key", o.redact_key, "KEY",
             "by this key, so that tokens stay the same from run to run");
  group.value<When>("--color", o.color, one_of_when(), "WHEN", "auto, always, never [auto]");
  group.value<std::size_t>("--width", o.width, whole(kMinWidth, kMaxWidth), "N",
                           "columns of the text report [the terminal's, or 100]");
  group.flag("--defang", o.defang,
             "addresses, names and URLs of text, html and iocs written so that nothing links");
  group.flag("-v,--verbose", o.verbose, "every reason, record and piece of evidence");
  group.flag("--brief", o.brief, "one line a message: level, origin, author, first reason");
  group.flag("-q,--quiet", o.quiet, "no report, only the exit status");
  group.value<Level>("--fail-on", o.fail_on,
                     one_of<Level>({{"notice", Level::notice},
                                    {"suspicious", Level::suspicious},
                                    {"forged", Level::forged}}),
                     "LEVEL", "exit 1 where a message is notice, suspicious or forged, or worse");
}

void add_batch(OptionSet& set, Options& o) {
  Group group(set, "Many messages");
  group.value<std::size_t>("-j,--jobs", o.jobs, whole(1, kMaxJobs), "N",
                           "worker threads [one a core]");
  group.value<std::size_t>(
      "--in-flight", o.in_flight, whole(1, kMaxInFlight), "N",
      "messages under way at once for each of them: they wait on DNS together [256]");
  group.flag("--unordered", o.unordered, "print each report when it is ready, in any order");
  group.value<When>("--progress", o.progress, one_of_when(), "WHEN",
                    "auto, always, never: how far the run is, on standard error [auto]");
  group.flag("--summary", o.summary, "a closing table over all messages (text, json, ndjson)");
}

void add_findings(OptionSet& set, Options& o) {
  Group group(set, "Findings");
  group.read_all(
      "--explain", o.explain, read_finding_code, "CODE",
      "what a finding means and what can make it wrong; with -f json as JSON; repeatable");
  group.flag("--list-findings", o.list_findings, "every finding there is; with -f json as JSON");
}

}  // namespace

void add_options(OptionSet& set, Options& o) {
  add_input(set, o);
  add_trust(set, o.analysis);
  add_dns(set, o);
  add_checks(set, o);
  add_output(set, o);
  add_batch(set, o);
  add_findings(set, o);
}

}  // namespace emltrace::cli
