#include "auth/dkim2/state.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

constexpr std::string_view kCrlf = "\r\n";

std::size_t bytes_of(const std::vector<StateField>& fields) {
  std::size_t sum = 0;
  for (const StateField& field : fields) sum += field.line.size();
  return sum;
}

std::size_t bytes_of(const State::Lines& lines) {
  std::size_t sum = 0;
  for (const std::string_view line : lines) sum += line.size() + kCrlf.size();
  return sum;
}

}  // namespace

State::State(const Message& message, dkim::LineEnds ends) : ends_(ends), raw_body_(message.body()) {
  for (const Field& field : message.fields()) {
    StateField out;
    out.value = unfold(field.body);
    out.line =
        dkim::canonical_field(dkim::field_text(field), dkim::Canonicalization::relaxed, ends);
    header_bytes_ += out.line.size();
    fields_[text::lower(field.name)].push_back(std::move(out));
  }
  for (auto& [name, fields] : fields_) {
    std::ranges::reverse(fields);
    for (std::size_t i = 0; i < fields.size(); ++i) fields[i].number = i;
  }
  body_bytes_ = raw_body_.size();
}

const std::vector<StateField>& State::fields(const std::string& name) const {
  static const std::vector<StateField> kNone;
  const auto found = fields_.find(name);
  return found == fields_.end() ? kNone : found->second;
}

void State::set_fields(const std::string& name, std::vector<StateField> fields) {
  header_bytes_ -= bytes_of(this->fields(name));
  header_bytes_ += bytes_of(fields);
  fields_[name] = std::move(fields);
}

StateField State::make_field(const std::string& name, std::string_view value) {
  std::string raw = name + ":";
  raw += value;
  raw += kCrlf;
  return {std::string(text::trim(value)),
          dkim::canonical_field({name, raw}, dkim::Canonicalization::relaxed, dkim::LineEnds::crlf),
          std::nullopt};
}

const State::Lines& State::lines() {
  if (!lines_) lines_ = dkim::body_lines(raw_body_, ends_);
  return *lines_;
}

void State::set_lines(Lines lines) {
  body_bytes_ = bytes_of(lines);
  lines_ = std::move(lines);
  body_hashes_.clear();
}

std::string State::header_hash(crypto::Hash hash, Rules rules) const {
  crypto::Digest digest(hash);
  for (const auto& [name, fields] : fields_) {
    if (!is_hashed(name, rules)) continue;
    for (const StateField& field : fields) digest.update(field.line);
  }
  return digest.finish();
}

// All line ends at the end are one, and an empty body is one line end (RFC 6376 3.4.3).
std::string State::body_hash(crypto::Hash hash) {
  const auto known = body_hashes_.find(hash);
  if (known != body_hashes_.end()) return known->second;
  crypto::Digest digest(hash);
  if (lines_) {
    std::size_t count = lines_->size();
    while (count > 0 && (*lines_)[count - 1].empty()) --count;
    for (std::size_t i = 0; i < count; ++i) {
      digest.update((*lines_)[i]);
      digest.update(kCrlf);
    }
    if (count == 0) digest.update(kCrlf);
  } else {
    dkim::canonical_body(raw_body_, dkim::Canonicalization::simple, ends_,
                         [&](std::string_view piece) { digest.update(piece); });
  }
  return body_hashes_.emplace(hash, digest.finish()).first->second;
}

}  // namespace emltrace::dkim2
