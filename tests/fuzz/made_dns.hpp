#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dns/source.hpp"
#include "dns/zone.hpp"

namespace emltrace::fuzz {

/// An input of two parts: a message, and behind the first line of its own `$ORIGIN .` a master file
/// that tells of the DNS.
struct MessageAndDns {
  std::string_view message;
  std::string_view dns;
};
[[nodiscard]] MessageAndDns split_dns(std::string_view input);
[[nodiscard]] std::string join_dns(std::string_view message, std::string_view zone);

/// Answers of DNS that the bytes of an input decide. What stands as a record is answered as a zone
/// is; a line that is none is passed over. Where `;;` stands among them, of any other name the
/// bytes, taken at a place that the question decides, say which answer or failure it has; without
/// it there is no such name. A pure function of bytes and question.
class MadeDns final : public dns::Source {
 public:
  explicit MadeDns(std::string_view bytes);
  void fetch(const dns::Question& question, Clock::time_point deadline, Done done) override;
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "zone"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {}; }

 private:
  [[nodiscard]] dns::Answer made(const dns::Question& question) const;

  std::string_view bytes_;
  dns::Zone zone_;
};

}  // namespace emltrace::fuzz
