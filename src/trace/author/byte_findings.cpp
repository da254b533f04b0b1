#include <fmt/format.h>

#include <algorithm>

#include "trace/author/parts.hpp"

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
    if (defects_.nul) at(*defects_.nul, "nul-byte", "A NUL byte stands in the header.");
    if (defects_.control)
      at(*defects_.control, "control-char",
         fmt::format("The control character 0x{:02X} stands in the header.",
                     static_cast<unsigned char>(message_.bytes()[*defects_.control])));
    examine_line_ends();
    if (defects_.second_header)
      at(*defects_.second_header, "smuggling-trace",
         "After a line of a lone dot the body goes on with another message.");
    examine_stray();
    if (message_.truncated())
      findings_.push_back(make_finding(
          "header-bomb",
          fmt::format("The header has more than {} fields or {} MiB: the rest was not looked at.",
                      Message::kMaxFields, Message::kMaxHeaderBytes >> 20)));
    if (defects_.overlong_line)
      at(*defects_.overlong_line, "overlong-line", "A line has more than 998 bytes.");
    return std::move(findings_);
  }

 private:
  Finding& at(std::size_t offset, Code code, std::string message) {
    const std::size_t begin = offset - std::min(offset, kBefore);
    Finding finding =
        make_finding(code, std::move(message),
                     {{"bytes", std::string(message_.bytes().substr(begin, kAround))}});
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
          at(*defects_.bare_cr, "bare-cr-lf",
             fmt::format("A CR without LF stands in the {}.", in_header ? "header" : "body"));
      if (in_header) finding.severity = Severity::medium;
    }
    if (defects_.bare_lf)
      at(*defects_.bare_lf, "bare-cr-lf", "An LF without CR stands among lines that end in CR LF.");
  }

  void examine_stray() {
    const auto& stray = message_.stray();
    if (stray.empty()) return;
    Finding finding = make_finding(
        "stray-line",
        stray.size() == 1
            ? std::string("A line of the header is neither a field nor goes on with one.")
            : fmt::format("{} lines of the header are neither fields nor go on with one.",
                          stray.size()),
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
