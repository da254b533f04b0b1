#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "trace/clock/codec.hpp"
#include "trace/clock/token.hpp"

namespace emltrace::trace {
namespace {

using codec::is_digits;
using codec::is_hex;
using codec::is_made_of;

// Postfix: five digits of microseconds and the inode, upper case; or the long form.
bool postfix_shape(std::string_view id) {
  if (is_made_of(id, "0123456789ABCDEF")) {
    return id.size() >= 6 && *codec::hexadecimal(id.substr(0, 5)) < 1'000'000;
  }
  const std::size_t parting = id.rfind('z');
  return is_made_of(id, codec::kBase52) && parting != id.npos && parting >= 10;
}

bool exim_shape(std::string_view id) {
  const auto parts = text::split(id, '-');
  return parts.size() == 3 && parts[0].size() == 6 &&
         ((parts[1].size() == 6 && parts[2].size() == 2) ||
          (parts[1].size() == 11 && parts[2].size() == 4)) &&
         std::all_of(parts.begin(), parts.end(),
                     [](auto part) { return is_made_of(part, codec::kBase62); });
}

// Letters and digits alone; those of 8.10 and later are longer than the ones before.
bool sendmail_shape(std::string_view id) {
  return is_made_of(id, codec::kBase62) && id.size() <= 17;
}

bool new_sendmail_shape(std::string_view id) {
  const bool hour_form = id.size() == 8 && is_digits(id.substr(3)) &&
                         is_made_of(id.substr(0, 3), codec::kBase62.substr(10, 26));
  return sendmail_shape(id) && !hour_form;
}

// Digital UNIX pads the process number to ten digits.
bool old_sendmail_shape(std::string_view id) {
  const bool padded = id.size() == 13 && is_digits(id.substr(3));
  return sendmail_shape(id) && (id.size() < 12 || padded);
}

bool build_number_shape(std::string_view id) {
  const auto parts = text::split(id, '.');
  return parts.size() >= 3 && parts.size() <= 4 &&
         std::all_of(parts.begin(), parts.end(), [](auto part) { return is_digits(part); });
}

bool opensmtpd_shape(std::string_view id) {
  return id.size() == 8 && is_hex(id);
}

// UUID.n
bool haraka_shape(std::string_view id) {
  const auto parts = text::split(id.substr(0, id.find('.')), '-');
  constexpr std::array<std::size_t, 5> kLengths = {8, 4, 4, 4, 12};
  if (parts.size() != kLengths.size()) {
    return false;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].size() != kLengths[i] || !is_hex(parts[i])) {
      return false;
    }
  }
  return true;
}

bool dovecot_shape(std::string_view id) {
  id = id.substr(0, id.find(':'));
  return id.size() == 22 &&
         is_made_of(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

bool momentum_shape(std::string_view id) {
  return id.size() > 6 && id[2] == '/' && id[5] == '-';
}

struct ShapeRow {
  std::string_view software;  // the by software, or where it names none the `with` words, start so
  bool (*fits)(std::string_view id);
};
constexpr ShapeRow kShapes[] = {
    {"Postfix", postfix_shape},    {"Exim", exim_shape},
    {"8.6.", old_sendmail_shape},  {"8.7.", old_sendmail_shape},
    {"8.8.", old_sendmail_shape},  {"8.9.", old_sendmail_shape},
    {"8.10.", sendmail_shape},     {"8.11.", new_sendmail_shape},
    {"8.12.", new_sendmail_shape}, {"8.13.", new_sendmail_shape},
    {"8.14.", new_sendmail_shape}, {"8.15.", new_sendmail_shape},
    {"8.16.", new_sendmail_shape}, {"8.17.", new_sendmail_shape},
    {"8.18.", new_sendmail_shape}, {"Microsoft SMTP Server", build_number_shape},
    {"mapi", build_number_shape},  {"OpenSMTPD", opensmtpd_shape},
    {"Haraka", haraka_shape},      {"Dovecot", dovecot_shape},
    {"ecelerity", momentum_shape},
};

// IANA, Mail Transmission Types, WITH protocol types.
constexpr std::array<std::string_view, 18> kRegistered = {
    "SMTP",      "ESMTP",      "ESMTPA",   "ESMTPS",    "ESMTPSA",   "LMTP",
    "LMTPA",     "LMTPS",      "LMTPSA",   "MMS",       "UTF8SMTP",  "UTF8SMTPA",
    "UTF8SMTPS", "UTF8SMTPSA", "UTF8LMTP", "UTF8LMTPA", "UTF8LMTPS", "UTF8LMTPSA",
};

constexpr std::array<std::string_view, 31> kVendors = {
    "HTTP",         "HTTPS",     "local",      "mapi",       "Microsoft MAPI", "POP3",
    "POP3S",        "POP3-SSL",  "POP3_SSL",   "IMAP",       "IMAP4",          "IMAPS",
    "IMAP4-SSL",    "ASMTP",     "SMTPS",      "SMTPA",      "SMTPSA",         "BSMTP",
    "UUCP",         "QMTP",      "QMQP",       "NNTP",       "PIPE",           "REST",
    "archive",      "UTF8ESMTP", "UTF8ESMTPA", "UTF8ESMTPS", "UTF8ESMTPSA",    "Novell_GroupWise",
    "spam-scanned",
};

// Words that a version or a cipher follows.
constexpr std::array<std::string_view, 14> kVendorStarts = {
    "Microsoft SMTP Server",
    "Microsoft SMTPSVC",
    "Microsoft Exchange",
    "Internet Mail Service",
    "qmail-scanner",
    "ESMTP/TLS/",
    "SMTP/TLS/",
    "ESMTP with STARTTLS",
    "POP3 getmail",
    "IMAP4 getmail",
    "local-",
    "InterScan",
    "MailMarshal",
    "WorldClient",
};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view known) { return text::iequals(word, known); });
}

}  // namespace

bool id_shape_fits(const Received& received) {
  if (!received.id) {
    return true;
  }
  std::string_view software;
  if (received.by.software) {
    software = *received.by.software;
  } else if (received.with) {
    software = *received.with;
  }
  for (const ShapeRow& row : kShapes) {
    // As the software itself spells it: another spelling is another product's.
    if (software.starts_with(row.software)) {
      return row.fits(*received.id);
    }
  }
  return true;
}

bool with_keyword_registered(std::string_view keyword) {
  return is_one_of(text::trim(keyword), kRegistered);
}

bool with_keyword_known(std::string_view keyword) {
  keyword = text::trim(keyword);
  return with_keyword_registered(keyword) || is_one_of(keyword, kVendors) ||
         std::any_of(kVendorStarts.begin(), kVendorStarts.end(),
                     [&](std::string_view start) { return text::istarts_with(keyword, start); });
}

}  // namespace emltrace::trace
