
#include <algorithm>

#include "trace/author/parts.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kBefore = 20;  // bytes shown before the offending one
constexpr std::size_t kAround = 60;  // bytes shown in all

class ByteExaminer {
 public:
  explicit ByteExaminer(const Message& message)
      : message_(message),
        defects_(message.defects()),
        header_size_(message.has_body() ? message.span_of(message.body()).offset
                                        : message.bytes().size()) {}

  std::vector<Finding> run() {
    if (defects_.nul) at(*defects_.nul, say<"nul-byte">());
    if (defects_.control)
      at(*defects_.control, say<"control-char">(with<"byte">(
                                static_cast<unsigned char>(message_.bytes()[*defects_.control]))));
    examine_line_ends();
    if (defects_.second_header) at(*defects_.second_header, say<"smuggling-trace">());
    examine_stray();
    if (message_.truncated())
      findings_.push_back(make_finding(say<"header-bomb/fields">(
          with<"fields">(Message::kMaxFields), with<"size">(Message::kMaxHeaderBytes >> 20))));
    if (defects_.overlong_line) at(*defects_.overlong_line, say<"overlong-line">());
    return std::move(findings_);
  }

 private:
  Finding& at(std::size_t offset, Sentence sentence) {
    const std::size_t begin = offset - std::min(offset, kBefore);
    Finding finding = make_finding(
        std::move(sentence), {{"bytes", std::string(message_.bytes().substr(begin, kAround))}});
    finding.offset = offset;
    finding.line = line_of(offset);
    findings_.push_back(std::move(finding));
    return findings_.back();
  }

  [[nodiscard]] std::size_t line_of(std::size_t offset) const {
    const char end = message_.line_ending() == LineEnding::cr ? '\r' : '\n';
    const std::string_view before = message_.bytes().substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), end));
  }

  void examine_line_ends() {
    if (defects_.bare_cr) {
      const bool in_header = *defects_.bare_cr < header_size_;
      Finding& finding =
          at(*defects_.bare_cr,
             say<"bare-cr-lf/cr">(with<"where">(in_header ? words<"header">() : words<"body">())));
      if (in_header) finding.severity = Severity::medium;
    }
    if (defects_.bare_lf) at(*defects_.bare_lf, say<"bare-cr-lf/lf">());
  }

  void examine_stray() {
    const auto& stray = message_.stray();
    if (stray.empty()) return;
    Finding finding =
        make_finding(stray.size() == 1 ? say<"stray-line/one">()
                                       : say<"stray-line/several">(with<"count">(stray.size())),
                     {{"first", shorten(stray.front().text)}});
    finding.line = stray.front().line;
    finding.offset = message_.span_of(stray.front().text).offset;
    findings_.push_back(std::move(finding));
  }

  const Message& message_;
  const ByteDefects& defects_;
  std::size_t header_size_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> byte_findings(const Message& message) {
  return ByteExaminer(message).run();
}

}  // namespace emltrace::trace
