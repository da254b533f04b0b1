#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "intake/inside/body_text.hpp"
#include "intake/inside/leaf.hpp"
#include "intake/inside/survey.hpp"

namespace emltrace::survey {
namespace {

using intake::Untraced;
using leaf::Holds;
using outlook_msg::Attachment;

class OutlookSurvey {
 public:
  explicit OutlookSurvey(const outlook_msg::Message& message) {
    found_.header = message.header;
    found_.type = mime::media_type(
        mime::header_value(message.header, "content-type").value_or(std::string()));
    found_.bounce = text::istarts_with(message.message_class, "REPORT.");
    found_.first_text = message.text;
    const std::size_t plain = text::trim(message.text).size();
    found_.text_bytes = plain > 0 ? plain : body_text::visible_bytes(message.html);
    if (message.text_unread) found_.text_bytes = Survey::kTextUnknown;
    for (std::size_t i = 0; i < message.attachments.size(); ++i) {
      visit(message.attachments[i], std::to_string(i + 1));
    }
  }
  Survey take() { return std::move(found_); }

 private:
  void visit(const Attachment& attachment, std::string number) {
    if (attachment.message) {
      Attached attached;
      attached.embedded = attachment.message.get();
      add(std::move(attached), attachment, std::move(number));
      return;
    }
    const leaf::Leaf one{attachment.type, attachment.name, true, attachment.inline_picture,
                         found_.feedback.has_value()};
    const std::string_view bytes = attachment.bytes;
    const Holds holds = leaf::holds(one, bytes.substr(0, leaf::kSampleBytes));
    if (holds == Holds::feedback) {
      if (!found_.feedback) found_.feedback = attachment.bytes;
      return;
    }
    const bool document = holds == Holds::outlook && !outlook_msg::is_msg(bytes);
    if (holds == Holds::nothing || document) {
      found_.other_parts = found_.other_parts || leaf::is_document(one);
      return;
    }
    if (holds == Holds::tnef || holds == Holds::damaged || bytes.empty()) {
      found_.unread.push_back({std::move(number), holds == Holds::tnef
                                                      ? Untraced::Why::tnef
                                                      : Untraced::Why::unreadable});
      return;
    }
    Attached attached;
    attached.decoded = attachment.bytes;
    attached.extent = holds == Holds::headers   ? Extent::headers
                      : holds == Holds::unknown ? Extent::unknown
                                                : Extent::whole;
    add(std::move(attached), attachment, std::move(number));
  }

  void add(Attached attached, const Attachment& attachment, std::string number) {
    if (found_.messages.size() >= kMaxAttached) {
      found_.unread.push_back({std::move(number), Untraced::Why::too_many});
      return;
    }
    attached.number = std::move(number);
    attached.name = attachment.name;
    found_.messages.push_back(std::move(attached));
  }

  Survey found_;
};

}  // namespace

Survey of(const outlook_msg::Message& message) {
  return OutlookSurvey(message).take();
}

}  // namespace emltrace::survey
