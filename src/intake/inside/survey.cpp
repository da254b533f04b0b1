#include "intake/inside/survey.hpp"

#include <utility>

#include "base/text.hpp"
#include "intake/inside/body_text.hpp"
#include "intake/inside/leaf.hpp"
#include "message/address.hpp"
#include "message/header_block.hpp"

namespace emltrace::survey {
namespace {

using intake::Untraced;
using leaf::Holds;
using mime::Part;

constexpr std::size_t kFirstTextBytes = std::size_t{1} << 20;

class MimeSurvey {
 public:
  explicit MimeSurvey(const Part& root) {
    found_.header = root.header;
    found_.type = root.type;
    visit(root);
    if (!found_.messages.empty()) found_.text_bytes = std::max(plain_, html_bytes());
  }
  Survey take() { return std::move(found_); }

 private:
  void visit(const Part& part) {
    found_.digest = found_.digest || part.type == "multipart/digest";
    for (const Part& child : part.parts) visit(child);
    if (part.parts.empty()) visit_leaf(part);
  }

  void visit_leaf(const Part& part) {
    const bool picture =
        part.type.starts_with("image/") && mime::header_value(part.header, "content-id");
    const leaf::Leaf one{part.type, part.filename,
                         part.disposition == "attachment" || !part.filename.empty(), picture,
                         found_.feedback.has_value()};
    const Holds holds = leaf::may_hold(one)
                            ? leaf::holds(one, part.decoded_start(leaf::kSampleBytes))
                            : Holds::nothing;
    switch (holds) {
      case Holds::nothing:
        count(part, one);
        break;
      case Holds::feedback:
        if (!found_.feedback) found_.feedback = part.decoded().value_or(std::string(part.body));
        break;
      case Holds::tnef:
        miss(part, Untraced::Why::tnef);
        found_.other_parts = true;
        break;
      case Holds::damaged:
        miss(part, Untraced::Why::unreadable);
        found_.other_parts = true;
        break;
      default:
        take_message(part, holds);
    }
  }

  void take_message(const Part& part, Holds holds) {
    if (found_.messages.size() >= kMaxAttached) {
      miss(part, Untraced::Why::too_many);
      return;
    }
    Attached attached;
    attached.number = number_of(part);
    attached.name = part.filename;
    attached.extent = holds == Holds::headers   ? Extent::headers
                      : holds == Holds::unknown ? Extent::unknown
                                                : Extent::whole;
    attached.original_of_filter =
        text::iequals(mime::parameter(part.content_type, "x-spam-type").value_or(""), "original");
    if (part.is_encoded()) {
      attached.decoded = part.decoded();
      if (!attached.decoded) {
        miss(part, Untraced::Why::unreadable);
        return;
      }
    } else {
      attached.bytes = part.body;
    }
    if (holds == Holds::outlook && !outlook_msg::is_msg(attached.text())) {
      found_.other_parts = true;  // a document of Office
      return;
    }
    found_.messages.push_back(std::move(attached));
  }

  void count(const Part& part, const leaf::Leaf& one) {
    if (part.type == "text/plain") {
      plain_ += text::trim(part.body).size();
      const std::string decoded = part.decoded_start(kFirstTextBytes);
      if (found_.first_text.empty()) found_.first_text = decoded;
      look_for_paste(part, decoded);
    } else if (part.type == "text/html") {
      html_.push_back(&part);
    } else if (leaf::is_document(one)) {
      found_.other_parts = true;
    }
  }

  [[nodiscard]] std::size_t html_bytes() const {
    std::size_t bytes = 0;
    for (const Part* part : html_)
      bytes += body_text::visible_bytes(part->decoded_start(kFirstTextBytes));
    return bytes;
  }

  void look_for_paste(const Part& part, std::string_view decoded) {
    const auto at = body_text::pasted_header(decoded);
    if (!at || found_.messages.size() >= kMaxAttached) return;
    Attached attached;
    attached.number = number_of(part);
    attached.extent = Extent::headers;
    attached.in_text = true;
    attached.decoded = std::string(decoded.substr(*at));
    found_.messages.push_back(std::move(attached));
  }

  void miss(const Part& part, Untraced::Why why) {
    found_.unread.push_back({number_of(part), why});
  }

  // A message without parts is its own first part, as IMAP counts (RFC 3501 6.4.5).
  static std::string number_of(const Part& part) { return part.number.empty() ? "1" : part.number; }

  Survey found_;
  std::size_t plain_ = 0;
  std::vector<const Part*> html_;
};

bool is_by_daemon(std::string_view header) {
  const auto from = mime::header_value(header, "from");
  if (!from) return false;
  for (const Mailbox& mailbox : parse_addresses(*from).mailboxes) {
    if (text::iequals(mailbox.local_part, "mailer-daemon")) return true;
  }
  return false;
}

}  // namespace

std::string_view Attached::header() const {
  const std::string_view all = embedded != nullptr ? std::string_view(embedded->header) : text();
  return all.substr(0, scan_header_block(all, 0).end);
}

Survey of(const Part& root) {
  Survey found = MimeSurvey(root).take();
  found.bounce = is_by_daemon(root.header);
  return found;
}

}  // namespace emltrace::survey
