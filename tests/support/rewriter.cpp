#include "support/rewriter.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::test {
namespace {

constexpr const char* kBoundary = "=_alt_7f3a";

std::string replace_first(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// A message taken apart, as a gateway holds it.
struct Draft {
  std::vector<std::string> fields;  // each with its line end
  std::string body;

  explicit Draft(const std::string& text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) throw std::runtime_error("no body");
    body = text.substr(end + 4);
    for (std::size_t at = 0; at < end + 2;) {
      std::size_t next = text.find("\r\n", at) + 2;
      while (next < end + 2 && (text[next] == ' ' || text[next] == '\t')) {
        next = text.find("\r\n", next) + 2;
      }
      fields.push_back(text.substr(at, next - at));
      at = next;
    }
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const std::string& field : fields) out += field;
    return out + "\r\n" + body;
  }
  [[nodiscard]] std::vector<std::string>::iterator find(std::string_view name) {
    return std::find_if(fields.begin(), fields.end(), [&](const std::string& field) {
      return text::iequals(std::string_view(field).substr(0, field.find(':')), name);
    });
  }
  [[nodiscard]] std::string get(std::string_view name) {
    const auto field = find(name);
    if (field == fields.end()) return "";
    return field->substr(field->find(':') + 2, field->size() - field->find(':') - 4);
  }
  void set(std::string_view name, const std::string& value) {
    const auto field = find(name);
    const std::string raw = std::string(name) + ": " + value + "\r\n";
    if (field == fields.end()) {
      fields.push_back(raw);
    } else {
      *field = raw;
    }
  }
  void put_on_top(const std::string& field) { fields.insert(fields.begin(), field + "\r\n"); }
  void drop(std::string_view name) {
    const auto field = find(name);
    if (field != fields.end()) fields.erase(field);
  }
};

// ---- transfer encodings, as the programs that rewrite do them ---------------------------------

std::string hex_escape(char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'=', kHex[byte >> 4U], kHex[byte & 0xFU]};
}

// Perl's MIME::QuotedPrint: 76 characters with the soft break, the last piece may fill the line.
std::string perl_quoted_printable(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    std::vector<std::string> pieces;
    for (std::size_t i = at; i < end; ++i) {
      const char c = text[i];
      const bool blank_at_end = (c == ' ' || c == '\t') && i + 1 == end;
      const bool plain = (c >= ' ' && c <= '~' && c != '=') || c == '\t';
      pieces.push_back(plain && !blank_at_end ? std::string(1, c) : hex_escape(c));
    }
    std::string line;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::size_t room = i + 1 == pieces.size() ? 76 : 75;
      if (line.size() + pieces[i].size() > room) {
        out += line + "=\r\n";
        line.clear();
      }
      line += pieces[i];
    }
    out += line;
    if (end < text.size()) out += "\r\n";
    at = end + 2;
  }
  return out;
}

// JavaMail: never more than 75 before the soft break.
std::string java_quoted_printable(const std::string& text) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\r\n") == 0) {
      out += "\r\n";
      column = 0;
      ++i;
      continue;
    }
    const char c = text[i];
    const bool before_end = text.compare(i + 1, 2, "\r\n") == 0 || i + 1 == text.size();
    const bool plain = c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && before_end);
    const std::string piece = plain ? std::string(1, c) : hex_escape(c);
    if (column + piece.size() > 75) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
  return out;
}

std::string quoted_printable_decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "=\r\n") == 0) {
      i += 2;
    } else if (text[i] == '=' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string base64_wrapped(const std::string& bytes, std::size_t width) {
  const std::string all = base64_encode(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += width) out += all.substr(at, width) + "\r\n";
  return out;
}

std::string decoded(const std::string& content, std::string_view encoding) {
  if (encoding == "base64") return base64_decode(content, true).value();
  if (encoding == "quoted-printable") return quoted_printable_decoded(content);
  return content;
}

std::string encoded(const std::string& bytes, std::string_view encoding) {
  if (encoding == "base64") return base64_wrapped(bytes, 76);
  if (encoding == "quoted-printable") return perl_quoted_printable(bytes);
  return bytes;
}

// ---- the parts of a body ------------------------------------------------------------------------

std::string encoding_of(const std::string& header) {
  for (const char* word : {"base64", "quoted-printable", "8bit"}) {
    if (header.find(std::string("Transfer-Encoding: ") + word) != std::string::npos) return word;
  }
  return "7bit";
}

std::string header_text(const Draft& draft) {
  std::string out;
  for (const std::string& field : draft.fields) out += field;
  return out;
}

bool is_multipart(const Draft& draft) {
  return header_text(draft).find("multipart/") != std::string::npos;
}

// Each text with its header, through `change(header, content, is_html)`.
using PartChange = std::function<void(std::string& header, std::string& content, bool html)>;
std::string with_parts(const std::string& message, const PartChange& change) {
  Draft draft(message);
  if (!is_multipart(draft)) {
    std::string header = header_text(draft);
    const std::string before = header;
    const bool html = header.find("text/html") != std::string::npos;
    change(header, draft.body, html);
    if (header != before) return header + "\r\n" + draft.body;
    return draft.text();
  }
  const std::string delimiter = "--" + std::string(kBoundary);
  std::string out;
  std::size_t at = draft.body.find(delimiter);
  out += draft.body.substr(0, at);
  while (draft.body.compare(at + delimiter.size(), 2, "--") != 0) {
    const std::size_t start = at + delimiter.size() + 2;
    const std::size_t next = draft.body.find("\r\n" + delimiter, start);
    const std::size_t blank = draft.body.find("\r\n\r\n", start);
    std::string header = draft.body.substr(start, blank + 2 - start);
    std::string content = draft.body.substr(blank + 4, next - blank - 4);
    change(header, content, header.find("text/html") != std::string::npos);
    out += delimiter + "\r\n" + header + "\r\n" + content + "\r\n";
    at = next + 2;
  }
  out += draft.body.substr(at);
  draft.body = out;
  return draft.text();
}

// The text of each part through `change`, decoded and encoded again as the gateway does it.
using TextChange = std::function<std::string(std::string text, bool html)>;
std::string with_texts(const std::string& message, const TextChange& change,
                       std::string (*quoted)(const std::string&) = perl_quoted_printable) {
  return with_parts(message, [&](std::string& header, std::string& content, bool html) {
    const std::string encoding = encoding_of(header);
    const std::string text = decoded(content, encoding);
    const std::string changed = change(text, html);
    if (changed == text) return;
    const bool line_end = encoding == "base64" && content.ends_with("\r\n");
    content = encoding == "quoted-printable" ? quoted(changed) : encoded(changed, encoding);
    if (encoding == "base64" && !line_end && content.ends_with("\r\n")) {
      content.resize(content.size() - 2);
    }
  });
}

// Into the text as it is encoded, without touching the rest.
std::string with_raw(const std::string& message, const TextChange& change) {
  return with_parts(message, [&](std::string& header, std::string& content, bool html) {
    if (encoding_of(header) != "base64") content = change(content, html);
  });
}

// Another transfer encoding for all texts.
std::string recoded(const std::string& message, std::string_view from, std::string_view to,
                    const std::function<std::string(const std::string&)>& write) {
  return with_parts(message, [&](std::string& header, std::string& content, bool) {
    if (encoding_of(header) != from) return;
    content = write(decoded(content, from));
    header = replace_first(header, "Transfer-Encoding: " + std::string(from),
                           "Transfer-Encoding: " + std::string(to));
  });
}

// ---- header damages -----------------------------------------------------------------------------

std::string with_subject(const std::string& message, const std::string& front,
                         const std::string& tail = "") {
  Draft draft(message);
  draft.set("Subject", front + draft.get("Subject") + tail);
  return draft.text();
}

const std::string kUmlauts =
    "Gr\xC3\xBC\xC3\x9F"
    "e aus K\xC3\xB6ln";

bool has_umlauts(const std::string& message) {
  return Draft(message).get("Subject").find("=?") != std::string::npos;
}

std::string with_subject_text(const std::string& message, const std::string& value) {
  if (!has_umlauts(message)) return message;
  Draft draft(message);
  draft.set("Subject", value);
  return draft.text();
}

// Python's email.header, as Mailman writes it.
std::string python_word(const std::string& text) {
  std::string out = "=?utf-8?q?";
  for (const char c : text) {
    const bool safe = text::is_alnum(c) || std::string_view("-!*+/").find(c) != std::string::npos;
    out += c == ' ' ? std::string("_") : safe ? std::string(1, c) : hex_escape(c);
  }
  return out + "?=";
}

std::string with_author(const std::string& message, const std::string& author,
                        const std::vector<std::string>& added) {
  Draft draft(message);
  draft.set("From", author);
  for (const std::string& field : added) draft.put_on_top(field);
  return draft.text();
}

std::string with_added(const std::string& message, const std::vector<std::string>& added) {
  Draft draft(message);
  for (const std::string& field : added) draft.put_on_top(field);
  return draft.text();
}

// A line break and a blank inside a word of the field.
std::string folded(const std::string& message, std::string_view name, std::string_view before) {
  Draft draft(message);
  const std::string value = draft.get(name);
  const std::size_t at = value.find(before);
  if (at == std::string::npos) return message;
  draft.set(name, value.substr(0, at) + "\r\n " + value.substr(at));
  return draft.text();
}

// ---- texts that are put in
// ------------------------------------------------------------------------

const std::string kListFooter =
    "_______________________________________________\r\n"
    "Dinner mailing list -- dinner@list.example\r\n"
    "To unsubscribe send an email to dinner-leave@list.example\r\n";

std::string legal_footer() {
  std::string out = "\r\n-- \r\nConfidentiality notice\r\n";
  for (int i = 0; i < 45; ++i) out += "This text is for the intended recipient alone.\r\n";
  return out;
}

const std::string kGroupsPlain =
    "\r\n-- \r\nYou received this message because you are subscribed to the Google Groups "
    "\"dinner\" group.\r\nTo unsubscribe from this group, send an email to "
    "dinner+unsubscribe@list.example.\r\n";
const std::string kGroupsHtml =
    "\r\n<p></p>\r\n\r\n-- <br />\r\nYou received this message because you are subscribed to the "
    "Google Groups &quot;dinner&quot; group.<br />\r\nTo unsubscribe from this group, send an "
    "email to <a href=\"mailto:dinner+unsubscribe@list.example\">dinner+unsubscribe</a>.<br />\r\n";

const std::string kCaution =
    "CAUTION: This email originated from outside of the organization.\r\nDo not click links or "
    "open attachments unless you recognize the sender.\r\n\r\n";
const std::string kMicrosoftBanner =
    "<table border=\"0\" cellspacing=\"0\" width=\"100%\"><tr><td "
    "style=\"background:#ffb900\"></td><td width=\"100%\" style=\"padding:7pt\"><div>You don't "
    "often get email from joe@example.org. <a "
    "href=\"https://aka.ms/LearnAboutSenderIdentification\">Learn why this is important</a></div>"
    "</td></tr></table>";
const std::string kMimecastBanner =
    "<div style=\"background:#eee\"><p><b>External email:</b> be careful with links and "
    "attachments.</p></div>\r\n<hr>\r\n";
const std::string kAvastHtml =
    "<div id=\"DAB4FAD8\"><br /><table style=\"border-top:1px solid #D3D4DE\"><tr><td>Virus-free."
    "<a href=\"https://www.avast.com/sig-email\">www.avast.com</a></td></tr></table></div>\r\n";
const std::string kAvastPlain =
    "\r\n-- \r\nThis email has been checked for viruses by Avast antivirus software.\r\n"
    "www.avast.com\r\n";

std::string escaped_equals(const std::string& text) {
  return replace_all(text, "=", "=3D");
}

std::string behind_body_tag(const std::string& html, const std::string& banner) {
  const std::size_t body = html.find("<body");
  if (body == std::string::npos) return html;
  std::string out = html;
  return out.insert(html.find('>', body) + 1, banner);
}

std::string before_body_end(const std::string& html, const std::string& footer) {
  const std::size_t body = html.find("</body>");
  if (body == std::string::npos) return html + footer;
  std::string out = html;
  return out.insert(body, footer);
}

// ---- links
// ----------------------------------------------------------------------------------------

const std::string kLink = "https://www.example.com/report?id=7&x=y_z";
const std::string kHtmlLink = "https://www.example.com/report?id=7&amp;x=y_z";
const std::string kSafeLink =
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.com%2Freport"
    "%3Fid%3D7%26x%3Dy_z&data=05%7C02%7Csue%40example.net%7Cabc&sdata=Zm9v%3D&reserved=0";
const std::string kDefenseV2 =
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.com_report-3Fid-3D7-26x-3Dy"
    "-5Fz&d=DwMFaQ&c=abc&r=def&m=ghi&s=jkl&e=";
const std::string kDefenseV3 =
    "https://urldefense.com/v3/__https://www.example.com/report?id=7*x=y_z__;Jg!!AbC!DeF$";
const std::string kBarracuda =
    "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.example.com%2freport%3fid%3d7%26x%3d"
    "y_z&c=E,1,abc&typo=1";
const std::string kCisco =
    "https://secure-web.cisco.com/1abc/https%3A%2F%2Fwww.example.com%2Freport%3Fid%3D7%26x%3Dy_z";
const std::string kMimecast = "https://protect-eu.mimecast.com/s/AbCdEfGh12345";

std::string with_links(const std::string& message, const std::string& plain_link,
                       const std::string& html_attributes = "") {
  return with_texts(message, [&](const std::string& text, bool html) {
    if (!html) return replace_all(text, kLink, plain_link);
    return replace_all(text, "href=\"" + kHtmlLink + "\"",
                       "href=\"" + replace_all(plain_link, "&", "&amp;") + "\"" + html_attributes);
  });
}

// ---- originals
// --------------------------------------------------------------------------------------

const std::string kPlainText =
    "Hello Sue,\r\n"
    "\r\n"
    "please find the figures of the third quarter below.\r\n"
    "From here on they are final.\r\n"
    "\r\n"
    "  Revenue   10,500\r\n"
    "  Cost       7,250\r\n"
    "\r\n"
    "See " +
    kLink +
    " for the rest.\r\n"
    ".\r\n"
    "Joe\r\n";
const std::string kUmlautText =
    "Hallo Sue,\r\n"
    "\r\n"
    "viele Gr\xC3\xBC\xC3\x9F"
    "e aus K\xC3\xB6ln. Die Zahlen des dritten Quartals = 10,500 sind da, "
    "siehe " +
    kLink +
    " und die Tabelle in der Anlage f\xC3\xBCr alle \xC3\x84nderungen seit Juli.\r\n"
    "\r\n"
    "Joe\r\n";
const std::string kHtmlText =
    "<html><head><title>x</title></head>\r\n"
    "<body lang=\"DE\" link=\"blue\">\r\n"
    "<div class=\"page\"><p>Hallo Sue,</p>\r\n"
    "<p>viele Gr\xC3\xBC\xC3\x9F"
    "e aus K\xC3\xB6ln, siehe <a href=\"" +
    kHtmlLink +
    "\">die Zahlen</a>: "
    "10,500 seit Juli.</p>\r\n"
    "</div>\r\n"
    "</body>\r\n"
    "</html>\r\n";

std::string header(const std::string& subject, const std::string& type,
                   const std::string& encoding) {
  return "From: Joe Author <joe@example.org>\r\n"
         "To: Sue Reader <sue@example.net>, bob@example.net\r\n"
         "Subject: " +
         subject +
         "\r\n"
         "Date: Tue, 4 Nov 2025 09:00:00 +0000\r\n"
         "Message-ID: <20251104.77aabb@mail.example.org>\r\n"
         "References: <first.20251101@mail.example.net> <second.20251102@mail.example.net>\r\n"
         "MIME-Version: 1.0\r\n"
         "Content-Type: " +
         type + "\r\n" +
         (encoding.empty() ? "" : "Content-Transfer-Encoding: " + encoding + "\r\n") + "\r\n";
}

std::string alternative(const std::string& encoding, std::string (*write)(const std::string&)) {
  const std::string delimiter = "--" + std::string(kBoundary);
  const auto part = [&](const std::string& type, const std::string& text) {
    std::string content = write(text);
    if (content.ends_with("\r\n")) content.resize(content.size() - 2);
    return delimiter + "\r\nContent-Type: " + type + "; charset=\"UTF-8\"\r\n" +
           "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + content + "\r\n";
  };
  return header("=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=",
                "multipart/alternative; boundary=\"" + std::string(kBoundary) + "\"", "") +
         part("text/plain", kUmlautText) + part("text/html", kHtmlText) + delimiter + "--\r\n";
}

std::string as_it_is(const std::string& text) {
  return text;
}
std::string in_base64(const std::string& text) {
  return base64_wrapped(text, 76);
}

std::string unchanged_unless(bool applies, const std::string& message, const std::string& changed) {
  return applies ? changed : message;
}

bool is_plain(const std::string& message) {
  const Draft draft(message);
  return !is_multipart(draft) && header_text(draft).find("text/plain") != std::string::npos &&
         encoding_of(header_text(draft)) != "base64" &&
         encoding_of(header_text(draft)) != "quoted-printable";
}

}  // namespace

const std::vector<Original>& originals() {
  static const std::string utf8 = "; charset=utf-8";
  static const std::string umlauts = "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=";
  static const std::vector<Original> kOriginals{
      {"plain", header("Figures for review", "text/plain" + utf8, "7bit") + kPlainText},
      {"plain 8bit", header(umlauts, "text/plain" + utf8, "8bit") + kUmlautText},
      {"plain quoted-printable", header(umlauts, "text/plain" + utf8, "quoted-printable") +
                                     perl_quoted_printable(kUmlautText)},
      {"plain base64",
       header(umlauts, "text/plain" + utf8, "base64") + base64_wrapped(kUmlautText, 76)},
      {"html", header("Figures for review", "text/html" + utf8, "8bit") + kHtmlText},
      {"html quoted-printable",
       header(umlauts, "text/html" + utf8, "quoted-printable") + java_quoted_printable(kHtmlText)},
      {"alternative 8bit", alternative("8bit", as_it_is)},
      {"alternative quoted-printable", alternative("quoted-printable", perl_quoted_printable)},
      {"alternative base64", alternative("base64", in_base64)},
  };
  return kOriginals;
}

std::vector<std::string> signed_fields() {
  return {"From",
          "From",
          "To",
          "Cc",
          "Subject",
          "Subject",
          "Date",
          "Message-ID",
          "References",
          "Reply-To",
          "Sender",
          "List-Id",
          "List-Post",
          "List-Unsubscribe",
          "List-Help",
          "List-Archive",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding"};
}

namespace {

using Rewritings = std::vector<Rewriting>;

void add_subjects(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) { out.push_back({"subject", name, apply}); };
  add("list tag", [](const std::string& m) { return with_subject(m, "[Dinner] "); });
  add("two tags", [](const std::string& m) { return with_subject(m, "[EXT] [Dinner] "); });
  add("filter's word", [](const std::string& m) { return with_subject(m, "EXTERNAL: "); });
  add("stars", [](const std::string& m) { return with_subject(m, "***SPAM*** "); });
  add("tag behind Re", [](const std::string& m) { return with_subject(m, "Re: [Dinner] "); });
  add("tag at the end", [](const std::string& m) { return with_subject(m, "", " [EXTERNAL]"); });
  add("brackets at the end", [](const std::string& m) { return with_subject(m, "", " (fwd)"); });
  add("folded tag",
      [](const std::string& m) { return with_subject(m, "[A list with a long name]\r\n "); });
  add("tag as encoded word", [](const std::string& m) {
    return with_subject_text(m, "=?utf-8?q?=5BDinner=5D?=\r\n " + Draft(m).get("Subject"));
  });
  add("tag inside encoded words", [](const std::string& m) {
    return with_subject_text(m, python_word("[Dinner] " + kUmlauts));
  });
  add("tag before re-encoded words", [](const std::string& m) {
    return with_subject_text(m, "[Dinner] " + python_word(kUmlauts));
  });
  add("re-encoded in base64", [](const std::string& m) {
    return with_subject_text(m, "=?utf-8?B?" + base64_encode(kUmlauts) + "?=");
  });
  add("decoded to UTF-8", [](const std::string& m) { return with_subject_text(m, kUmlauts); });
}

void add_footers(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) { out.push_back({"footer", name, apply}); };
  add("list footer",
      [](const std::string& m) { return unchanged_unless(is_plain(m), m, m + kListFooter); });
  add("long disclaimer",
      [](const std::string& m) { return unchanged_unless(is_plain(m), m, m + legal_footer()); });
  add("groups footer in every part", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      return text + (html ? kGroupsHtml : kGroupsPlain);
    });
  });
  add("groups footer, recoded by Java", [](const std::string& m) {
    return with_texts(
        m,
        [](const std::string& text, bool html) {
          return text + (html ? kGroupsHtml : kGroupsPlain);
        },
        java_quoted_printable);
  });
  add("groups footer behind the encoded text", [](const std::string& m) {
    return with_raw(m, [](const std::string& text, bool html) {
      return text + escaped_equals(html ? kGroupsHtml : kGroupsPlain);
    });
  });
  add("antivirus in every part", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      return html ? before_body_end(text, kAvastHtml) : text + kAvastPlain;
    });
  });
  add("disclaimer before the end of HTML", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      if (!html) return text;
      return before_body_end(text,
                             "<br><p>This email and any attachments are for the intended "
                             "recipient.</p>");
    });
  });
  add("wrapped with a footer part", [](const std::string& m) {
    Draft draft(m);
    const std::string type = draft.get("Content-Type");
    const std::string encoding = draft.get("Content-Transfer-Encoding");
    draft.set("Content-Type", "multipart/mixed; boundary=\"===9\"");
    draft.drop("Content-Transfer-Encoding");
    std::string body = "--===9\r\nContent-Type: " + type + "\r\n";
    if (!encoding.empty()) body += "Content-Transfer-Encoding: " + encoding + "\r\n";
    draft.body = body + "\r\n" + draft.body +
                 "\r\n--===9\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\n"
                 "Content-Transfer-Encoding: 7bit\r\nContent-Disposition: inline\r\n\r\n" +
                 kListFooter + "\r\n--===9--\r\n";
    return draft.text();
  });
  add("footer part appended", [](const std::string& m) {
    const Draft draft(m);
    if (!is_multipart(draft)) return m;
    const std::string end = "--" + std::string(kBoundary) + "--";
    return replace_first(m, end,
                         "--" + std::string(kBoundary) + "\r\nContent-Type: text/plain\r\n\r\n" +
                             kListFooter + "\r\n" + end);
  });
}

void add_banners(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) { out.push_back({"banner", name, apply}); };
  add("lines on top", [](const std::string& m) {
    Draft draft(m);
    draft.body = kCaution + draft.body;
    return unchanged_unless(is_plain(m), m, draft.text());
  });
  add("Microsoft's table", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      return html ? behind_body_tag(text, kMicrosoftBanner) : text;
    });
  });
  add("Microsoft's table in the encoded text", [](const std::string& m) {
    return with_raw(m, [](const std::string& text, bool html) {
      return html ? behind_body_tag(text, escaped_equals(kMicrosoftBanner)) : text;
    });
  });
  add("in every part", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      return html ? behind_body_tag(text, kMimecastBanner) : kCaution + text;
    });
  });
  add("in every part, recoded by Java", [](const std::string& m) {
    return with_texts(
        m,
        [](const std::string& text, bool html) {
          return html ? behind_body_tag(text, "\r\n" + kMimecastBanner) : kCaution + text;
        },
        java_quoted_printable);
  });
  add("in front of HTML", [](const std::string& m) {
    return with_texts(m, [](const std::string& text, bool html) {
      return html ? "<div>This message came from outside your organization.</div>\r\n" + text
                  : text;
    });
  });
  add("in every part, all in base64", [](const std::string& m) {
    const std::string changed = with_texts(m, [](const std::string& text, bool html) {
      return html ? behind_body_tag(text, kMimecastBanner) : kCaution + text;
    });
    std::string message = changed;
    for (const char* encoding : {"8bit", "7bit", "quoted-printable"}) {
      message = recoded(message, encoding, "base64", in_base64);
    }
    return message;
  });
}

void add_encodings(Rewritings& out) {
  const auto add = [&](const char* name, const char* from, const char* to,
                       std::function<std::string(const std::string&)> write) {
    out.push_back(
        {"encoding", name, [=](const std::string& m) { return recoded(m, from, to, write); }});
  };
  const auto base64_of = [](std::size_t width) {
    return [width](const std::string& bytes) { return base64_wrapped(bytes, width); };
  };
  add("8bit to quoted-printable", "8bit", "quoted-printable", perl_quoted_printable);
  add("8bit to base64", "8bit", "base64", base64_of(76));
  add("quoted-printable to 8bit", "quoted-printable", "8bit", as_it_is);
  add("quoted-printable to base64", "quoted-printable", "base64", base64_of(76));
  add("quoted-printable by Java", "quoted-printable", "quoted-printable", java_quoted_printable);
  add("quoted-printable by Perl", "quoted-printable", "quoted-printable", perl_quoted_printable);
  add("base64 to 8bit", "base64", "8bit", as_it_is);
  add("base64 to quoted-printable", "base64", "quoted-printable", perl_quoted_printable);
  add("base64 in lines of 72", "base64", "base64", base64_of(72));
  add("base64 in lines of 64", "base64", "base64", base64_of(64));
  add("base64 in one line", "base64", "base64", base64_of(100'000));
}

void add_added_fields(Rewritings& out) {
  const auto add = [&](const char* name, std::vector<std::string> fields) {
    out.push_back(
        {"added fields", name, [fields](const std::string& m) { return with_added(m, fields); }});
  };
  const std::string reply = "Reply-To: dinner@list.example";
  const std::vector<std::string> list{"List-Id: <dinner.list.example>",
                                      "List-Post: <mailto:dinner@list.example>",
                                      "List-Unsubscribe: <mailto:dinner-leave@list.example>",
                                      "List-Help: <mailto:dinner-request@list.example>",
                                      "List-Archive: <https://list.example/dinner>"};
  add("Reply-To", {reply});
  add("Reply-To and Cc", {reply, "Cc: ann@example.net"});
  add("list fields", list);
  std::vector<std::string> more = list;
  more.push_back("Sender: dinner-bounces@list.example");
  add("list fields and Sender", more);
  more.push_back(reply);
  add("list fields, Sender and Reply-To", more);
}

void add_authors(Rewritings& out) {
  const auto add = [&](const char* name, const char* author, std::vector<std::string> fields) {
    out.push_back(
        {"author", name, [=](const std::string& m) { return with_author(m, author, fields); }});
  };
  add("Google Groups", "\"'Joe Author' via Dinner\" <dinner@list.example>",
      {"X-Original-From: Joe Author <joe@example.org>", "Reply-To: Joe Author <joe@example.org>",
       "List-Id: <dinner.list.example>"});
  add("Mailman 3", "\"Joe Author via Dinner\" <dinner@list.example>",
      {"Reply-To: Joe Author <joe@example.org>, dinner@list.example"});
  add("author in Cc", "Joe Author via Dinner <dinner@list.example>",
      {"Reply-To: dinner@list.example", "Cc: Joe Author <joe@example.org>"});
  add("bare address in Reply-To", "Joe Author via Dinner <dinner@list.example>",
      {"Reply-To: joe@example.org"});
  add("groups.io", "\"Joe Author via groups.io\" <joe=example.org@groups.io>",
      {"Reply-To: dinner@groups.io"});
  add("IETF", "Joe Author <joe=40example.org@dmarc.ietf.org>", {});
  add("name in brackets", "\"Joe Author (via Dinner)\" <dinner@list.example>",
      {"X-Original-From: \"Joe Author\" <joe@example.org>"});
  add("nothing kept", "\"Joe Author\" <00000123-dmarc-request@listserv.example>",
      {"Reply-To: dinner@list.example"});
}

void add_links(Rewritings& out) {
  const auto add = [&](const char* name, const std::string& link,
                       const std::string& attributes = "") {
    out.push_back(
        {"links", name, [=](const std::string& m) { return with_links(m, link, attributes); }});
  };
  add("SafeLinks", kSafeLink);
  add("SafeLinks with attributes", kSafeLink,
      " originalsrc=\"" + kHtmlLink + "\" shash=\"Q3JhYg==\"");
  add("URL Defense 2", kDefenseV2);
  add("URL Defense 3", kDefenseV3);
  add("Barracuda", kBarracuda);
  add("Cisco", kCisco);
  add("Mimecast, which keeps the link to itself", kMimecast);
}

void add_forms(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) {
    out.push_back({"header form", name, apply});
  };
  const auto set = [](std::vector<std::pair<std::string, std::string>> values) {
    return [values](const std::string& m) {
      Draft draft(m);
      for (const auto& [name, value] : values) draft.set(name, value);
      return draft.text();
    };
  };
  const std::pair<std::string, std::string> from{"From", "\"Joe Author\" <joe@example.org>"};
  const std::pair<std::string, std::string> to{
      "To", "\"Sue Reader\" <sue@example.net>, \"bob@example.net\" <bob@example.net>"};
  add("quoted author", set({from}));
  add("echoed recipient", set({to}));
  add("author and recipients", set({from, to}));
  add("padded day", set({{"Date", "Tue, 04 Nov 2025 09:00:00 +0000"}}));
  add("zone as a name", set({{"Date", "Tue, 4 Nov 2025 09:00:00 GMT"}}));
  add("quoted charset", [](const std::string& m) {
    return replace_first(m, "; charset=utf-8\r\n", "; charset=\"utf-8\"\r\n");
  });
  add("bare boundary", [](const std::string& m) {
    return replace_first(m, "boundary=\"" + std::string(kBoundary) + "\"",
                         "boundary=" + std::string(kBoundary));
  });
  add("author, recipients and type", [=](const std::string& m) {
    return set({from, to})(replace_first(m, "; charset=utf-8\r\n", "; charset=\"utf-8\"\r\n"));
  });
  add("encoding in capitals", [](const std::string& m) {
    const std::string encoding = Draft(m).get("Content-Transfer-Encoding");
    if (encoding.empty()) return m;
    std::string upper = encoding;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    Draft draft(m);
    draft.set("Content-Transfer-Encoding", upper);
    return draft.text();
  });
}

void add_folds(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) { out.push_back({"fold", name, apply}); };
  add("in Message-ID", [](const std::string& m) { return folded(m, "Message-ID", "aabb"); });
  add("in References", [](const std::string& m) { return folded(m, "References", "20251102"); });
  add("in To", [](const std::string& m) { return folded(m, "To", "example.net,"); });
  add("in two fields", [](const std::string& m) {
    return folded(folded(m, "Message-ID", "aabb"), "References", "0251102");
  });
}

void add_transports(Rewritings& out) {
  const auto add = [&](const char* name, auto apply) { out.push_back({"transport", name, apply}); };
  add(">From",
      [](const std::string& m) { return replace_all(m, "\r\nFrom here", "\r\n>From here"); });
  add("doubled dots",
      [](const std::string& m) { return replace_all(m, "\r\n.\r\n", "\r\n..\r\n"); });
  add("blank lines on top", [](const std::string& m) {
    Draft draft(m);
    draft.body = "\r\n\r\n" + draft.body;
    return draft.text();
  });
}

void add_combinations(Rewritings& out) {
  const auto find = [&out](const char* group, const char* name) {
    const auto found = std::find_if(out.begin(), out.end(), [&](const Rewriting& r) {
      return r.group == group && r.name == name;
    });
    if (found == out.end()) throw std::runtime_error(name);
    return found->apply;
  };
  using Apply = std::function<std::string(const std::string&)>;
  const auto add = [&](const char* name, std::vector<Apply> all) {
    out.push_back({"together", name, [all](std::string m) {
                     for (const auto& apply : all) {
                       const std::string next = apply(m);
                       if (next == m) return m;
                       m = next;
                     }
                     return m;
                   }});
  };
  const Apply tag = find("subject", "list tag");
  const Apply external = find("subject", "tag at the end");
  const Apply footer = find("footer", "list footer");
  const Apply groups = find("footer", "groups footer in every part");
  const Apply reply = find("added fields", "Reply-To");
  add("tag and footer", {tag, footer});
  add("tag, footer and Reply-To", {tag, footer, reply});
  add("tag, author and footer", {tag, find("author", "Mailman 3"), footer});
  add("tag and groups footer", {tag, groups});
  add("tag, author and groups footer", {tag, find("author", "Google Groups"), groups});
  add("tag and Microsoft's table", {external, find("banner", "Microsoft's table")});
  add("tag and banner in every part", {external, find("banner", "in every part")});
  add("banner and SafeLinks", {find("links", "SafeLinks"), find("banner", "in every part")});
  add("8bit to base64, then a footer", {find("encoding", "8bit to base64"), groups});
}

}  // namespace

const std::vector<Rewriting>& rewritings() {
  static const Rewritings kAll = [] {
    Rewritings out;
    add_subjects(out);
    add_footers(out);
    add_banners(out);
    add_encodings(out);
    add_added_fields(out);
    add_authors(out);
    add_links(out);
    add_forms(out);
    add_folds(out);
    add_transports(out);
    add_combinations(out);
    return out;
  }();
  return kAll;
}

const std::vector<Rewriting>& falsifications() {
  const auto in_text = [](std::string from, std::string to) {
    return [from, to](const std::string& m) {
      return with_texts(m,
                        [&](const std::string& text, bool) { return replace_all(text, from, to); });
    };
  };
  const auto set = [](std::string name, std::string value) {
    return [name, value](const std::string& m) {
      Draft draft(m);
      draft.set(name, value);
      return draft.text();
    };
  };
  static const Rewritings kAll{
      {"falsified", "amount", in_text("10,500", "90,500")},
      {"falsified", "word", in_text("Sue", "Sam")},
      {"falsified", "link", in_text("www.example.com", "www.evil.example")},
      {"falsified", "link through a false filter",
       in_text("https://www.example.com/",
               "https://x.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2F"
               "www.example.com%2F")},
      {"falsified", "sentence left out", in_text("10,500", "")},
      {"falsified", "author", set("From", "Joe Author <joe@evil.example>")},
      {"falsified", "author's name", set("From", "Jim Author <joe@example.org>")},
      {"falsified", "subject", set("Subject", "Your account is closed")},
      {"falsified", "recipient", set("To", "eve@example.net")},
      {"falsified", "date", set("Date", "Wed, 5 Nov 2025 09:00:00 +0000")},
      {"falsified", "message id", set("Message-ID", "<other@mail.example.org>")},
  };
  return kAll;
}

const std::vector<Rewriting>& insertions() {
  const std::string lure =
      "Dear customer, your account is closed. Pay at https://evil.example/ now!";
  const auto at_start = [lure](const std::string& m) {
    return with_texts(m, [&](const std::string& text, bool html) {
      return html ? behind_body_tag(text, "<p>" + lure + "</p>") : lure + "\r\n" + text;
    });
  };
  const auto at_end = [lure](const std::string& m) {
    return with_texts(m, [&](const std::string& text, bool html) {
      return html ? before_body_end(text, "<p>" + lure + "</p>") : text + lure + "\r\n";
    });
  };
  static const Rewritings kAll{
      {"inserted", "text on top", at_start},
      {"inserted", "text at the end", at_end},
      {"inserted", "demand in Subject",
       [](const std::string& m) { return with_subject(m, "[Pay 500 today] "); }},
      {"inserted", "Reply-To",
       [](const std::string& m) { return with_added(m, {"Reply-To: eve@evil.example"}); }},
      {"inserted", "another author",
       [](const std::string& m) {
         return with_author(m, "Boss <boss@evil.example>",
                            {"X-Original-From: Joe Author <joe@example.org>"});
       }},
  };
  return kAll;
}

}  // namespace emltrace::test
