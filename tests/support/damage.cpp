#include "support/damage.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "message/message.hpp"
#include "support/damage_paste.hpp"
#include "support/damage_text.hpp"

namespace emltrace::test {
namespace {

std::string escaped_html(const std::string& text) {
  return replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

// --- Text in front ------------------------------------------------------------------------------

std::string gmail_table(const std::string& message) {
  return "Original Message\nMessage ID\t<d41d8cd98f00@shop.example>\n"
         "Created at:\tTue, Mar 22, 2022 at 9:12 AM (Delivered after 8 seconds)\n"
         "From:\tShop Orders <orders@shop.example>\nTo:\tjo.mueller@gmail.example\n"
         "Subject:\tOrder 88121 has left our store\n"
         "SPF:\tPASS with IP 203.0.113.80 Learn more\n"
         "DKIM:\t'PASS' with domain shop.example Learn more\n"
         "DMARC:\t'PASS' Learn more\n\n\nDownload Original\nCopy to clipboard\n\n" +
         message;
}

std::string gmail_table_without_gap(const std::string& message) {
  return "Original Message\nMessage ID\t<d41d8cd98f00@shop.example>\n"
         "Created at:\tTue, Mar 22, 2022 at 9:12 AM (Delivered after 8 seconds)\n"
         "From:\tShop Orders <orders@shop.example>\nSPF:\tPASS with IP 203.0.113.80\n" +
         message;
}

std::string prose_first(const std::string& message) {
  return "Hi abuse team,\n\nplease look at this one, it came today:\nsubject is nonsense.\n\n\n" +
         message;
}

std::string blank_lines_first(const std::string& message) {
  return "\n\n\n" + message;
}

std::string outlook_line(const std::string& message) {
  return "Microsoft Mail Internet Headers Version 2.0\n" + message;
}

std::string envelope_line(const std::string& message) {
  return "From bounces@service.example Fri Jul 14 07:20:11 2023\n" + message;
}

std::string marked_envelope_line(const std::string& message) {
  return ">From bounces@service.example\n" + message;
}

std::string thunderbird_file(const std::string& message) {
  return "From - Fri Jul 14 09:21:33 2023\nX-Account-Key: account1\nX-UIDL: 0000123456\n"
         "X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys:\n" +
         message;
}

std::string webmail_163(const std::string& message) {
  return "邮件原文\n主题：请查收\n发件人：某人\n时间：2024年6月9日\n\n" + message;
}

std::string webmail_qq(const std::string& message) {
  return "显示邮件原文 返回\n\n" + message;
}

// --- Lines --------------------------------------------------------------------------------------

std::string folds_lost(const std::string& message) {
  return each_header_line(
      message, [](const std::string& line) { return is_folded(line) ? trimmed(line) : line; });
}

std::string outlook_header_box(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    return is_folded(line) ? "\t" + trimmed(line) : line + " ";
  });
}

// `…; Tue, 22 Mar 2022` and the time alone on the next line.
std::string times_alone(const std::string& message) {
  const Halves halves = halve(message);
  std::string out;
  bool dated = false;
  for (const std::string& line : lines_of(halves.header)) {
    if (!is_folded(line)) {
      dated = text::istarts_with(line, "Received:") || text::istarts_with(line, "Date:");
    }
    const std::size_t year = dated ? line.find(" 20") : std::string::npos;
    const bool time_follows = year != std::string::npos && year + 8 < line.size() &&
                              line[year + 5] == ' ' && line[year + 8] == ':';
    if (time_follows) {
      out += line.substr(0, year + 5) + "\n" + line.substr(year + 6) + "\n";
    } else {
      out += line + "\n";
    }
  }
  return out + halves.rest;
}

std::string blank_lines_between(const std::string& message) {
  return each_line(message, [](const std::string& line) { return line + "\n"; });
}

// In front of the author's fields, where both halves still show what they are: a message whose
// first half holds From and Date is valid as it stands.
std::string blank_line_in_header(const std::string& message) {
  const Message parsed = Message::parse(message);
  const auto& fields = parsed.fields();
  std::size_t first = fields.size();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool author =
        text::iequals(fields[i].name, "from") || text::iequals(fields[i].name, "date");
    first = author ? std::min(first, i) : first;
  }
  if (fields.size() < 2) return message;
  const std::size_t at = std::max<std::size_t>(first == fields.size() ? first / 2 : first, 1);
  std::string out = message;
  return out.insert(fields[at].offset, "\n");
}

std::string indented(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "    " + line; });
}

std::string indented_by_tab(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "\t" + line; });
}

std::string indented_but_first(const std::string& message) {
  return indented(message).substr(4);
}

std::string quoted(const std::string& message) {
  return each_line(message, [](const std::string& line) { return "> " + line; });
}

std::string quoted_twice(const std::string& message) {
  return quoted(quoted(message));
}

std::string quoted_tight(const std::string& message) {
  return each_line(message, [](const std::string& line) { return ">" + line; });
}

std::string quoted_in_reply(const std::string& message) {
  return "On Monday the customer wrote:\n\n" + quoted(message);
}

std::string one_line(const std::string& message) {
  const Halves halves = halve(message);
  std::string out;
  for (const std::string& line : lines_of(halves.header)) {
    out += (out.empty() ? "" : " ") + trimmed(line);
  }
  return out + "\n" + halves.rest;
}

std::string wrapped_at_64(const std::string& message) {
  const Halves halves = halve(message);
  std::string out;
  for (const std::string& line : lines_of(unfolded(halves.header, " "))) {
    std::size_t column = 0;
    for (const auto word : text::words(line)) {
      const bool fits = column == 0 || column + 1 + word.size() <= 64;
      out += column == 0 ? "" : (fits ? " " : "\n");
      column = fits && column > 0 ? column + 1 + word.size() : word.size();
      out += word;
    }
    out += "\n";
  }
  return out + halves.rest;
}

std::string joined_without_space(const std::string& message) {
  const Halves halves = halve(message);
  return unfolded(halves.header, "") + halves.rest;
}

// --- Characters ---------------------------------------------------------------------------------

std::string no_break_indents(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    return is_folded(line) ? "\xC2\xA0\xC2\xA0" + trimmed(line) : line;
  });
}

std::string typographic_quotes(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    std::string out;
    bool open = false;
    for (const char c : line) {
      if (c == '"') {
        out += open ? "\xE2\x80\x9D" : "\xE2\x80\x9C";
        open = !open;
      } else {
        out.push_back(c);
      }
    }
    return out;
  });
}

std::string spaces_before_colons(const std::string& message) {
  return each_header_line(message, [](const std::string& line) {
    const std::size_t colon = line.find(':');
    return is_folded(line) || colon == std::string::npos ? line
                                                         : std::string(line).insert(colon, " ");
  });
}

template <class Change>
std::string each_address(const std::string& message, Change change) {
  return each_header_line(message, [&](const std::string& line) {
    static constexpr std::array<std::string_view, 4> kFields = {"From:", "To:", "Cc:", "Sender:"};
    const bool holds =
        std::ranges::any_of(kFields, [&](auto name) { return text::istarts_with(line, name); });
    const std::size_t open = line.find('<');
    const std::size_t close = line.find('>', open);
    const bool bracketed = open != std::string::npos && close != std::string::npos;
    if (!holds || !bracketed) return line;
    return line.substr(0, open) + change(line.substr(open + 1, close - open - 1)) +
           line.substr(close + 1);
  });
}

std::string mailto_in_brackets(const std::string& message) {
  return each_address(message,
                      [](const std::string& address) { return "[mailto:" + address + "]"; });
}

std::string mailto_in_angles(const std::string& message) {
  return each_address(message,
                      [](const std::string& address) { return "<mailto:" + address + ">"; });
}

std::string mailto_behind_addresses(const std::string& message) {
  return each_address(message, [](const std::string& address) {
    return "<" + address + "<mailto:" + address + ">>";
  });
}

// --- Markup -------------------------------------------------------------------------------------

std::string entities(const std::string& message) {
  return replaced(escaped_html(message), "\n ", "\n&nbsp;");
}

std::string page_with_pre(const std::string& message) {
  return "<!DOCTYPE html>\n<html>\n<head><title>Original message</title>\n"
         "<meta charset=\"utf-8\"></head>\n<body>\n<table><tr><td>SPF:</td>"
         "<td>PASS</td></tr></table>\n<pre class=\"raw_message_text\" id=\"raw_message_text\">" +
         escaped_html(message) + "</pre>\n</body>\n</html>\n";
}

std::string page_with_breaks(const std::string& message) {
  std::string out = "<html><body><div>";
  for (const std::string& line : lines_of(message)) {
    const std::string escaped = escaped_html(line);
    out += (is_folded(line) ? "&nbsp;&nbsp;" + trimmed(escaped) : escaped) + "<br>";
  }
  return out + "</div></body></html>\n";
}

std::string quoted_printable(const std::string& message) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  std::size_t column = 0;
  for (const char c : message) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = c == '\n' || c == '\t' || (byte >= 32 && byte < 127 && c != '=');
    const std::size_t width = plain ? 1 : 3;
    if (c != '\n' && column + width > 75) {
      out += "=\n";
      column = 0;
    }
    if (plain) {
      out.push_back(c);
    } else {
      out += {'=', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    column = c == '\n' ? 0 : column + width;
  }
  return out;
}

// --- Bytes --------------------------------------------------------------------------------------

std::string byte_order_mark(const std::string& message) {
  return "\xEF\xBB\xBF" + message;
}

std::string utf16(const std::string& message, bool big, bool marked) {
  std::string out;
  const auto put = [&](unsigned unit) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    out += big ? std::string{high, low} : std::string{low, high};
  };
  if (marked) put(0xFEFF);
  for (std::size_t at = 0; at < message.size();) {
    const text::CodePoint point = text::decode_utf8(message, at);
    at += point.length;
    put(point.value > 0xFFFF ? 0xFFFD : static_cast<unsigned>(point.value));
  }
  return out;
}

std::string utf16_little(const std::string& message) {
  return utf16(replaced(message, "\n", "\r\n"), false, true);
}
std::string utf16_big(const std::string& message) {
  return utf16(message, true, true);
}
std::string utf16_unmarked(const std::string& message) {
  return utf16(message, false, false);
}

std::string cr_alone(const std::string& message) {
  return replaced(message, "\n", "\r");
}

std::string cr_cr_lf(const std::string& message) {
  return replaced(message, "\n", "\r\r\n");
}

std::string crlf(const std::string& message) {
  return replaced(message, "\n", "\r\n");
}

// 163's page saved by a program that writes GB18030, labels and all.
std::string gb18030_page(const std::string& message) {
  std::string in = webmail_163(message);
  std::string out(in.size() * 4, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t from_left = in.size();
  std::size_t to_left = out.size();
  const iconv_t converter = ::iconv_open("GB18030", "UTF-8");
  ::iconv(converter, &from, &from_left, &to, &to_left);
  ::iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

constexpr auto kText = DamageStage::text;
constexpr auto kBytes = DamageStage::bytes;

constexpr std::array kDamages = std::to_array<Damage>({
    {"Gmail's table first", "front", kText, gmail_table},
    {"Gmail's table right above", "front", kText, gmail_table_without_gap},
    {"prose and blank lines first", "front", kText, prose_first},
    {"blank lines first", "front", kText, blank_lines_first},
    {"Outlook's line first", "front", kText, outlook_line},
    {"a From_ line first", "front", kText, envelope_line},
    {"a >From_ line first", "front", kText, marked_envelope_line},
    {"Thunderbird's own fields first", "front", kText, thunderbird_file},
    {"163's labels first", "front", kText, webmail_163},
    {"QQ's labels first", "front", kText, webmail_qq},
    {"folds lost", "folds", kText, folds_lost},
    {"Outlook's header box", "folds", kText, outlook_header_box},
    {"times alone on their line", "times", kText, times_alone},
    {"blank lines between all lines", "blank", kText, blank_lines_between},
    {"one blank line in the header", "blank", kText, blank_line_in_header},
    {"indented", "indent", kText, indented},
    {"indented by a tab", "indent", kText, indented_by_tab},
    {"indented but for the first line", "indent", kText, indented_but_first},
    {"quoted", "quote", kText, quoted},
    {"quoted twice", "quote", kText, quoted_twice},
    {"quoted without a space", "quote", kText, quoted_tight},
    {"quoted in a reply", "quote", kText, quoted_in_reply},
    {"all on one line", "folds", kText, one_line},
    {"wrapped at 64", "folds", kText, wrapped_at_64},
    {"joined without a space", "folds", kText, joined_without_space},
    {"no-break indents", "folds", kText, no_break_indents},
    {"typographic quotes", "quotes", kText, typographic_quotes},
    {"spaces before colons", "colons", kText, spaces_before_colons},
    {"[mailto:]", "mailto", kText, mailto_in_brackets},
    {"<mailto:>", "mailto", kText, mailto_in_angles},
    {"a@b<mailto:a@b>", "mailto", kText, mailto_behind_addresses},
    {"HTML entities", "markup", kText, entities},
    {"a page with <pre>", "markup", kText, page_with_pre},
    {"a page with <br>", "markup", kText, page_with_breaks},
    {"quoted-printable", "markup", kText, quoted_printable},
    {"a byte order mark", "bytes", kBytes, byte_order_mark},
    {"UTF-16LE", "bytes", kBytes, utf16_little},
    {"UTF-16BE", "bytes", kBytes, utf16_big},
    {"UTF-16LE without a mark", "bytes", kBytes, utf16_unmarked},
    {"163's page in GB18030", "bytes", kBytes, gb18030_page},
    {"CR alone", "bytes", kBytes, cr_alone},
    {"CR CR LF", "bytes", kBytes, cr_cr_lf},
    {"CR LF", "bytes", kBytes, crlf},
});

}  // namespace

std::span<const Damage> damages() {
  static const std::vector<Damage> all = [] {
    std::vector<Damage> rows(kDamages.begin(), kDamages.end());
    const auto pastes = paste_damages();
    // What a clipboard does to the bytes comes last.
    const auto bytes = std::ranges::find(rows, DamageStage::bytes, &Damage::stage);
    rows.insert(bytes, pastes.begin(), pastes.end());
    return rows;
  }();
  return all;
}

}  // namespace emltrace::test
