#include "trace/untraced_findings.hpp"

#include <array>
#include <string>

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

using Why = intake::Untraced::Why;

constexpr std::size_t kMostNamed = 10;

// In the order in which they are told.
constexpr auto kReasons = std::to_array<Why>(
    {Why::not_asked, Why::in_text, Why::tnef, Why::unreadable, Why::too_deep, Why::too_many});

Sentence sentence_of(Why why, bool one, const std::string& list) {
  const auto parts = with<"parts">(list);
  switch (why) {
    case Why::not_asked:
      return one ? say<"message-attached/asked-one">(parts)
                 : say<"message-attached/asked-several">(parts);
    case Why::in_text:
      return one ? say<"message-attached/text-one">(parts)
                 : say<"message-attached/text-several">(parts);
    case Why::tnef:
      return one ? say<"part-unread/tnef-one">(parts) : say<"part-unread/tnef-several">(parts);
    case Why::unreadable:
      return one ? say<"part-unread/damaged-one">(parts)
                 : say<"part-unread/damaged-several">(parts);
    case Why::too_deep:
      return one ? say<"part-unread/deep-one">(parts) : say<"part-unread/deep-several">(parts);
    case Why::too_many:
      break;
  }
  return one ? say<"part-unread/many-one">(parts) : say<"part-unread/many-several">(parts);
}

}  // namespace

std::vector<Finding> untraced_findings(std::span<const intake::Untraced> parts) {
  std::vector<Finding> out;
  for (const Why why : kReasons) {
    std::string list;
    std::size_t count = 0;
    for (const intake::Untraced& part : parts) {
      if (part.why != why || ++count > kMostNamed) continue;
      list += (list.empty() ? "" : ", ") + part.part;
    }
    if (count == 0) continue;
    if (count > kMostNamed)
      list = words<"parts-and-more">(with<"parts">(list), with<"more">(count - kMostNamed));
    out.push_back(make_finding(sentence_of(why, count == 1, list), {{"parts", list}}));
  }
  return out;
}

}  // namespace emltrace::trace
