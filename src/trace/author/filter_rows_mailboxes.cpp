#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "trace/author/filter_rows.hpp"
#include "trace/author/filter_shapes.hpp"

namespace emltrace::trace {
namespace {

using enum FilterVerdict;
using namespace shape;

constexpr CodeRow kProton[] = {
    {"action", "inbox", "not spam: put in the inbox", clean},
    {"action", "spam", "spam", spam},
    {"action", "phishing", "phishing", phish},
    {"action", "dunno", "undecided"},
    {"origin", "internal", "sent inside the service"},
    {"origin", "external", "came from outside"},
};

constexpr CodeRow kApple[] = {
    {"folder", "Junk", "spam: put in the junk folder", spam},
    {"folder", "INBOX", "not spam: put in the inbox", clean},
};

constexpr CodeRow kUnitedInternet[] = {
    {"result", "notjunk*", "not spam", clean},
    {"result", "junk*", "spam", spam},
    {"result", "0|0 *", "not spam", clean},
};

// `notjunk:1;V03:K0:…`: what stands behind the first piece is coded.
void filter_results(std::string_view text, FilterReading& out) {
  const std::size_t end = std::min(text.find(';'), text.size());
  out.add("result", text::trim(text.substr(0, end)));
  if (end < text.size()) out.add("data", text::trim(text.substr(end + 1)));
}

// `0 (Mail was not recognized as spam)`; another number is that of the rule that took it for spam.
void gmx(std::string_view text, FilterReading& out) {
  const auto number = text::parse_unsigned(text.substr(0, text.find(' ')));
  if (number && *number > 0) return out.add("result", text, "spam", spam);
  out.add("result", text);
}

constexpr CodeRow kProviders[] = {
    {"yandex", "1", "not spam", clean},
    {"yandex", "4", "spam", spam},
    {"bulk-client", "*", "bulk: the client that sent it", bulk},
};

constexpr CodeRow kAlibaba[] = {
    {"AC", "PASS", "let pass", clean},
    {"MF", "*", "the envelope sender"},
};

// `KEY=value;`; the id of the transaction ends with a time.
void alimail(std::string_view text, FilterReading& out) {
  for (auto part : text::split(text, ';')) {
    part = text::trim(part);
    const std::size_t sign = part.find('=');
    if (sign == part.npos) {
      out.add("text", part);
      continue;
    }
    const std::string_view key = part.substr(0, sign), value = part.substr(sign + 1);
    if (key == "TI") {
      const std::size_t mark = value.rfind('_');
      out.add(key, value,
              mark == value.npos ? std::nullopt
                                 : time_of(text::parse_unsigned(value.substr(mark + 1))));
    } else {
      out.add(key, value);
    }
  }
}

constexpr FilterRow kRows[] = {
    {"x-pm-spamscore", "proton", word, "score"},
    {"x-pm-spam-action", "proton", word, "action", kProton},
    {"x-pm-spam", "proton", word, "data"},
    {"x-pm-origin", "proton", word, "origin", kProton},
    // Put in where mail leaves Google, and easily copied.
    {"x-gm-message-state x-google-smtp-source x-gm-gg x-gm-features",
     "google",
     word,
     "data",
     {},
     true},
    {"x-ymailisg", "yahoo", word, "data"},
    {"x-ymail-osg", "yahoo", word, "data", {}, true},
    {"x-yahoofilteredbulk", "yahoo", word, "bulk-client", kProviders},
    {"x-apple-movetofolder", "apple", word, "folder", kApple},
    {"x-apple-action", "apple", word, "action"},
    {"x-icl-*", "apple", word, "data"},
    {"x-ui-filterresults", "united-internet", filter_results, {}, kUnitedInternet},
    {"x-ui-out-filterresults", "united-internet", filter_results, {}, kUnitedInternet, true},
    {"ui-inboundreport", "united-internet", filter_results, {}, kUnitedInternet},
    {"ui-outboundreport", "united-internet", filter_results, {}, kUnitedInternet, true},
    {"x-gmx-antispam", "united-internet", gmx, {}, kUnitedInternet},
    {"x-yandex-spam", "yandex", word, "yandex", kProviders},
    {"x-yandex-front", "yandex", word, "host"},
    {"x-yandex-timemark", "yandex", epoch, "time"},
    {"x-mras", "mailru", word, "status"},
    {"x-mailru-sender x-7564579a x-77f55803", "mailru", word, "data"},
    {"x-cm-transid x-cm-senderinfo x-coremail-antispam x-hm-spam-status",
     "coremail",
     word,
     "data",
     {},
     true},
    {"x-qq-ssf x-qq-feat x-qq-xmailinfo x-qq-originating-ip", "tencent", word, "data", {}, true},
    {"x-qq-goodbg", "tencent", word, "good-background", {}, true},
    {"x-qq-rechkspam", "tencent", word, "rechecked", {}, true},
    {"x-alimail-antispam", "alibaba", alimail, {}, kAlibaba, true},
    {"x-wp-spam", "wp", word, "result"},
    {"x-gnd-score", "gandi", word, "score"},
    {"x-junk x-caa-spam", "site", word, "result"},
};

}  // namespace

std::span<const FilterRow> mailbox_filter_rows() {
  return kRows;
}

}  // namespace emltrace::trace
