#include "intake/inside/leaf.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "intake/inside/body_text.hpp"
#include "intake/inside/compound_file.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"
#include "message/mime.hpp"

namespace emltrace::leaf {
namespace {

constexpr std::array kMessageTypes = std::to_array<std::string_view>(
    {"message/rfc822", "message/global", "message/rfc-822", "message/news"});
constexpr std::array kHeaderTypes = std::to_array<std::string_view>(
    {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers",
     "text/rfc822-header", "text/rfc-822-headers"});
constexpr std::array kOutlookTypes = std::to_array<std::string_view>(
    {"application/vnd.ms-outlook", "application/msoutlook", "application/x-msg"});
constexpr std::array kTnefTypes =
    std::to_array<std::string_view>({"application/ms-tnef", "application/vnd.ms-tnef"});

// Types of RFC 2046, 3464, 6533, 8098 … under message/ that hold no message, or not the whole of
// it.
constexpr std::array kOtherMessageTypes = std::to_array<std::string_view>(
    {"message/external-body", "message/partial", "message/delivery-status",
     "message/disposition-notification", "message/global-delivery-status",
     "message/global-disposition-notification", "message/tracking-status", "message/cpim",
     "message/http", "message/sip", "message/sipfrag"});

// Types that tell nothing of the content.
constexpr std::array kVagueTypes = std::to_array<std::string_view>(
    {"", "application/octet-stream", "binary/octet-stream", "application/unknown",
     "application/x-unknown", "application/binary", "application/eml", "application/x-eml",
     "application/rfc822", "application/x-download", "application/force-download"});

constexpr std::array kSidePartTypes = std::to_array<std::string_view>(
    {"application/json", "application/xml", "application/pgp-signature",
     "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys"});

constexpr std::string_view kTnefMagic("\x78\x9F\x3E\x22", 4);  // MS-OXTNEF 2.1.3.1

template <class Table>
bool is_one_of(const Table& table, std::string_view type) {
  return std::ranges::find(table, type) != table.end();
}

bool is_named(const Leaf& leaf, std::string_view extension) {
  return text::iends_with(text::trim(leaf.name), extension);
}

bool is_vague(const Leaf& leaf) {
  return is_one_of(kVagueTypes, leaf.type) || leaf.type.starts_with("message/") ||
         leaf.type.find("rfc822") != std::string_view::npos ||
         (leaf.type == "text/plain" && leaf.attachment);
}

// git's patches have an author, a date and sometimes an identifier, and are files all the same.
bool is_patch(std::string_view start) {
  return is_from_line(start.substr(0, start.find('\n'))) &&
         start.substr(0, start.find('\n')).find(" Mon Sep 17 00:00:00 2001") !=
             std::string_view::npos;
}

bool begins_with_mail_header(std::string_view start, bool reported) {
  if (is_patch(start)) return false;
  const HeaderBlock block = scan_header_block(start, 0);
  if (!block.starts_well || block.known < 2) return false;
  const std::string_view header = start.substr(0, block.end);
  return reported || body_text::has_trace(header) ||
         (block.is_valid() && mime::header_value(header, "message-id"));
}

bool is_outlook(const Leaf& leaf) {
  return is_one_of(kOutlookTypes, leaf.type) || is_named(leaf, ".msg");
}

bool is_message(const Leaf& leaf) {
  return is_one_of(kMessageTypes, leaf.type) || is_named(leaf, ".eml");
}

bool is_tnef(const Leaf& leaf) {
  return is_one_of(kTnefTypes, leaf.type) || text::iequals(text::trim(leaf.name), "winmail.dat");
}

}  // namespace

bool may_hold(const Leaf& leaf) {
  if (is_one_of(kOtherMessageTypes, leaf.type)) return false;
  return leaf.reported || is_vague(leaf) || is_message(leaf) || is_outlook(leaf) || is_tnef(leaf);
}

Holds holds(const Leaf& leaf, std::string_view start) {
  if (!may_hold(leaf)) return Holds::nothing;
  if (leaf.type == "message/feedback-report") return Holds::feedback;
  if (is_tnef(leaf) || start.starts_with(kTnefMagic)) return Holds::tnef;
  if (compound_file::has_magic(start)) {
    return is_outlook(leaf) || is_message(leaf) || is_vague(leaf) ? Holds::outlook : Holds::nothing;
  }
  if (is_one_of(kHeaderTypes, leaf.type)) return Holds::headers;
  if (is_message(leaf)) return Holds::message;
  if (begins_with_mail_header(start, leaf.reported || is_outlook(leaf))) return Holds::unknown;
  return is_outlook(leaf) ? Holds::damaged : Holds::nothing;
}

bool is_document(const Leaf& leaf) {
  return !leaf.inline_picture && !leaf.type.starts_with("text/") &&
         !leaf.type.starts_with("multipart/") && !leaf.type.starts_with("message/") &&
         !is_one_of(kSidePartTypes, leaf.type);
}

}  // namespace emltrace::leaf
