#pragma once

#include "dns/source.hpp"

namespace emltrace::dns {

/// Refuses every question; no socket is opened. The reason is `offline`.
class Offline final : public Source {
 public:
  void fetch(const Question& /*question*/, Clock::time_point /*deadline*/, Done done) override {
    Answer answer;
    answer.status = Status::refused;
    answer.reason = "offline";
    done(std::move(answer));
  }
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "offline"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {}; }
};

}  // namespace emltrace::dns
