#include "dns/answer_cache.hpp"

#include <algorithm>

namespace emltrace::dns {

const Answer* AnswerCache::find(const Question& question, Clock::time_point now) const {
  const auto found = entries_.find(question);
  if (found == entries_.end() || found->second.expiry <= now) return nullptr;
  return &found->second.answer;
}

void AnswerCache::add(const Question& question, const Answer& answer, std::uint32_t ttl,
                      Clock::time_point now) {
  if (capacity_ == 0) return;
  const auto lifetime = answer.error() ? ttl : std::max(ttl, kMinTtl);
  const auto expiry = now + std::chrono::seconds(lifetime);
  if (!entries_.insert_or_assign(question, Entry{answer, expiry}).second) return;
  order_.push_back(question);
  if (order_.size() <= capacity_) return;
  entries_.erase(order_.front());
  order_.pop_front();
}

}  // namespace emltrace::dns
