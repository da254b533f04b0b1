#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "dns/client.hpp"

namespace emltrace::test {

/// Answers TXT questions from a table, times out for the names in `failing`, and says NXDOMAIN to
/// all else. Keeps what was asked.
class FaultyClient final : public dns::Client {
 public:
  FaultyClient(std::set<std::string> failing, std::map<std::string, std::string> texts)
      : failing_(std::move(failing)), texts_(std::move(texts)) {}

  const dns::Answer& ask(const dns::Question& question) override {
    asked.insert(question.name.text());
    dns::Answer& answer = answers_[question];
    answer.status = dns::Status::no_such_name;
    if (failing_.count(question.name.text()) != 0) {
      answer.status = dns::Status::timed_out;
      answer.reason = "no answer in time";
    } else if (const auto found = texts_.find(question.name.text()); found != texts_.end()) {
      answer.status = dns::Status::ok;
      answer.authenticated = true;
      answer.records = {{question.name, dns::Type::txt, 60, dns::Text{{found->second}}}};
    }
    return answer;
  }

  std::set<std::string> asked;

 private:
  std::set<std::string> failing_;
  std::map<std::string, std::string> texts_;
  std::map<dns::Question, dns::Answer> answers_;
};

}  // namespace emltrace::test
