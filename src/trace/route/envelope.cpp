#include "trace/route/envelope.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/results/received_spf.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

class EnvelopeReader {
 public:
  explicit EnvelopeReader(const EnvelopeEvidence& evidence) : e_(evidence) {}

  Envelope read() {
    if (e_.boundary.border) {
      const Hop& border = e_.hops[*e_.boundary.border];
      out_.from_hop = border.number;
      if (border.received.stamp) out_.received_at = border.received.stamp->instant;
      read_client(border);
      read_mail_from(border);
      read_recipient(border);
    } else {
      set(out_.mail_from, out_.sources.mail_from, e_.headers.return_path, Recorder::return_path);
    }
    return std::move(out_);
  }

 private:
  // Results of the recipient's own hosts, written above the border or where its provider puts them.
  template <class Visit>
  void each_own_result(Visit visit) const {
    for (const Recorded& entry : e_.recorded) {
      if (entry.passed_on) continue;
      if (is_own_result(entry, e_.boundary, e_.hops)) visit(entry.method);
    }
  }

  enum class About { this_client, unnamed_client };

  std::optional<std::string> recorded(std::initializer_list<std::string_view> keys, bool address,
                                      About about = About::unnamed_client) const {
    std::optional<std::string> found;
    each_own_result([&](const RecordedMethod& method) {
      for (const std::string_view key : keys) {
        const auto value = method.property(key);
        if (found || !value || !concerns_client(method)) continue;
        if (about == About::this_client && !recorded_client_ip(method)) continue;
        // Many write the domain alone; half an address is none.
        if (address && !value->empty() && value->find('@') == std::string_view::npos) continue;
        found = std::string(*value);
      }
    });
    return found;
  }

  // A result about another connection (of a gateway, say) tells nothing of this one.
  bool concerns_client(const RecordedMethod& method) const {
    const auto about = recorded_client_ip(method);
    return !about || !out_.client_ip || *about == *out_.client_ip;
  }

  template <class T>
  static void set(std::optional<T>& target, std::optional<Recorder>& source, std::optional<T> value,
                  Recorder recorder) {
    if (target || !value) return;
    target = std::move(value);
    source = recorder;
  }

  void read_client(const Hop& border) {
    const Boundary& boundary = e_.boundary;
    if (!boundary.from_outside() && !boundary.from_user()) return;
    auto& sources = out_.sources;
    if (boundary.from_outside() && boundary.statement) {
      set(out_.client_ip, sources.client_ip, std::optional(boundary.statement->client),
          Recorder::recorded);
    }
    // Where both say the same, the line is what people look at.
    if (border.received.from.ip &&
        (!out_.client_ip || *out_.client_ip == *border.received.from.ip)) {
      out_.client_ip = border.received.from.ip;
      sources.client_ip = Recorder::border;
    }
    if (boundary.from_outside() && !border.received.from.helo) {
      set(out_.helo, sources.helo, recorded({"helo", "smtp.helo"}, false), Recorder::recorded);
    }
    set(out_.helo, sources.helo, border.received.from.helo, Recorder::border);
  }

  void read_mail_from(const Hop& border) {
    auto& source = out_.sources.mail_from;
    set(out_.mail_from, source,
        recorded({"envelope-from", "smtp.mailfrom"}, true, About::this_client), Recorder::recorded);
    confirm_return_path(source);
    set(out_.mail_from, source, border.received.envelope_from, Recorder::border);
    for (const Field* field : e_.message.find_all("Return-Path")) {
      if (e_.boundary.own_fields.hold(field->offset))
        set(out_.mail_from, source, parse_path(field->body), Recorder::return_path);
    }
    // A result that does not name the client may be of another connection.
    set(out_.mail_from, source, recorded({"envelope-from", "smtp.mailfrom"}, true),
        Recorder::recorded);
    for (std::size_t i = *e_.boundary.border + 1; i < e_.hops.size(); ++i) {
      set(out_.mail_from, source, e_.hops[i].received.envelope_from, Recorder::recorded);
    }
    set(out_.mail_from, source, from_line_sender(e_.message.from_line()), Recorder::return_path);
  }

  // Microsoft 365 records the domain alone and writes the Return-Path among the sender's fields:
  // where both have one domain, the record stands for what SPF judges.
  void confirm_return_path(std::optional<Recorder>& source) {
    const auto& path = e_.headers.return_path;
    const auto domain = domain_of_address(path);
    if (domain && domain == host_name(recorded({"smtp.mailfrom"}, false)))
      set(out_.mail_from, source, path, Recorder::recorded);
  }

  void read_recipient(const Hop& border) {
    auto& source = out_.sources.rcpt_to;
    set(out_.rcpt_to, source, border.received.for_, Recorder::border);
    static constexpr std::string_view kNames[] = {"Delivered-To", "X-Original-To", "Envelope-To",
                                                  "X-Envelope-To"};
    for (const Field& field : e_.message.fields()) {
      if (field.offset >= border.offset) break;
      for (const std::string_view name : kNames) {
        if (!text::iequals(field.name, name)) continue;
        if (auto path = parse_path(field.body); path && !path->empty())
          set(out_.rcpt_to, source, path, Recorder::recorded);
      }
    }
    for (std::size_t i = *e_.boundary.border + 1; i < e_.hops.size(); ++i) {
      set(out_.rcpt_to, source, e_.hops[i].received.for_, Recorder::recorded);
    }
  }

  static std::optional<std::string> from_line_sender(std::string_view line);

  const EnvelopeEvidence& e_;
  Envelope out_;
};

// `From a@b Tue Mar 18 …` of an mbox, or the `>From a@b` of old relays.
std::optional<std::string> EnvelopeReader::from_line_sender(std::string_view line) {
  if (line.starts_with('>')) line.remove_prefix(1);
  if (!line.starts_with("From ")) return std::nullopt;
  const auto words = text::words(line.substr(5));
  if (words.empty() || words.front().find('@') == std::string_view::npos) return std::nullopt;
  return std::string(words.front());
}

std::string shown(const std::string& fact) {
  return fact.empty() ? "<>" : fact;
}

template <class T>
void override_with(std::optional<T>& target, std::optional<Recorder>& source,
                   const std::optional<T>& given, std::string_view name, Envelope& envelope) {
  if (!given) return;
  target = given;
  source = Recorder::option;
  envelope.overridden.emplace_back(name);
}

// An Exchange journal is written by the recipient's own system out of the envelope: it counts as
// what own hosts wrote, behind a result about this very connection and before all else.
void fill_from_own_record(Envelope& envelope, const intake::WrapperFacts& wrapper) {
  const auto put = [](std::optional<std::string>& target, std::optional<Recorder>& source,
                      const std::optional<std::string>& stated, std::optional<std::string>& other) {
    if (!stated || source == Recorder::recorded) return;
    if (target && !text::iequals(*target, *stated)) other = target;
    target = stated;
    source = Recorder::recorded;
  };
  std::optional<std::string> recipient;  // a list or a forwarder changes it: nothing to tell
  put(envelope.mail_from, envelope.sources.mail_from, wrapper.mail_from, envelope.mail_from_below);
  put(envelope.rcpt_to, envelope.sources.rcpt_to, wrapper.rcpt_to, recipient);
}

template <class T>
void fill_with(std::optional<T>& target, std::optional<Recorder>& source,
               const std::optional<T>& stated) {
  if (target || !stated) return;
  target = stated;
  source = Recorder::wrapper;
}

}  // namespace

std::string_view to_string(Recorder recorder) {
  switch (recorder) {
    case Recorder::option:
      return "option";
    case Recorder::recorded:
      return "recorded";
    case Recorder::border:
      return "border";
    case Recorder::return_path:
      return "return-path";
    case Recorder::wrapper:
      break;
  }
  return "wrapper";
}

Envelope read_envelope(const EnvelopeEvidence& evidence, const Given& given) {
  Envelope envelope = EnvelopeReader(evidence).read();
  auto& sources = envelope.sources;
  const intake::WrapperFacts& wrapper = evidence.wrapper;
  if (wrapper.own_record) fill_from_own_record(envelope, wrapper);
  fill_with(envelope.client_ip, sources.client_ip, wrapper.source_ip);
  fill_with(envelope.helo, sources.helo, wrapper.helo);
  fill_with(envelope.mail_from, sources.mail_from, wrapper.mail_from);
  fill_with(envelope.rcpt_to, sources.rcpt_to, wrapper.rcpt_to);
  if (wrapper.arrival_date && !envelope.received_at) {
    if (const auto date = parse_date(*wrapper.arrival_date)) envelope.received_at = date->instant;
  }
  override_with(envelope.client_ip, sources.client_ip, given.client_ip, "client_ip", envelope);
  override_with(envelope.helo, sources.helo, given.helo, "helo", envelope);
  override_with(envelope.mail_from, sources.mail_from, given.mail_from, "mail_from", envelope);
  override_with(envelope.rcpt_to, sources.rcpt_to, given.rcpt_to, "rcpt_to", envelope);
  return envelope;
}

std::vector<Finding> wrapper_findings(const Envelope& envelope,
                                      const intake::WrapperFacts& wrapper) {
  std::vector<Finding> out;
  const auto compare = [&](std::string_view what, const std::optional<std::string>& stated,
                           const std::optional<std::string>& known,
                           std::optional<Recorder> source) {
    if (!stated || !known || source == Recorder::wrapper || text::iequals(*stated, *known)) return;
    out.push_back(
        make_finding(say<"wrapper-differs">(with<"stated">(shown(*stated)), with<"what">(what),
                                            with<"known">(shown(*known))),
                     {{"reported", *stated}, {"recorded", *known}}));
  };
  const auto text_of = [](const std::optional<ip::Address>& ip) {
    return ip ? std::optional(ip->text()) : std::nullopt;
  };
  compare(words<"client">(), text_of(wrapper.source_ip), text_of(envelope.client_ip),
          envelope.sources.client_ip);
  compare("MAIL FROM", wrapper.mail_from, envelope.mail_from, envelope.sources.mail_from);
  compare("MAIL FROM", wrapper.mail_from, envelope.mail_from_below, std::nullopt);
  // A journal is the recipient's own word, and no stranger's.
  if (wrapper.own_record) {
    for (Finding& finding : out) finding.severity = Severity::info;
  }
  return out;
}

}  // namespace emltrace::trace
