#include "auth/dkim2/undo.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <string>
#include <utility>

namespace emltrace::dkim2 {
namespace {

void show(std::vector<std::string>& list, std::string_view text) {
  if (list.size() < kMaxShown) list.emplace_back(text.substr(0, kMaxShownBytes));
}

bool reaches_past(const Steps& steps, std::size_t count) {
  return std::ranges::any_of(steps, [count](const Step& step) { return step.last > count; });
}

// The fields of one name, lowest first.
std::vector<StateField> earlier_fields(const std::string& name, const Steps& steps,
                                       std::vector<StateField> left) {
  std::vector<StateField> out;
  std::vector<bool> made;
  for (const Step& step : steps) {
    for (std::size_t i = step.first; step.literals.empty() && i <= step.last; ++i) {
      out.push_back(std::exchange(left[i - 1], {}));
      made.push_back(false);
    }
    for (const std::string& literal : step.literals) {
      out.push_back(State::make_field(name, literal));
      made.push_back(true);
    }
  }
  // What is written again as it stood has not changed.
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!made[i]) continue;
    const auto same = std::ranges::find_if(
        left, [&](const StateField& field) { return field.number && field.line == out[i].line; });
    if (same != left.end()) out[i].number = std::exchange(same->number, std::nullopt);
  }
  return out;
}

std::vector<std::string> shown_values(const std::vector<StateField>& fields) {
  std::vector<std::string> out;
  for (const StateField& field : std::views::reverse(fields)) show(out, field.value);
  return out;
}

// Lines between two copied ranges: what the newer state has, and what the recipe writes for it.
struct Hunk {
  std::vector<std::string_view> after, before;
};

void take_hunk(Hunk& hunk, Change& change) {
  auto& [after, before] = hunk;
  const auto [a, b] = std::ranges::mismatch(after, before);
  after.erase(after.begin(), a);
  before.erase(before.begin(), b);
  while (!after.empty() && !before.empty() && after.back() == before.back()) {
    after.pop_back();
    before.pop_back();
  }
  for (const std::string_view line : after) show(change.after, line);
  for (const std::string_view line : before) show(change.before, line);
  change.lines_added += after.size();
  change.lines_removed += before.size();
  hunk = {};
}

class Undoing {
 public:
  Undoing(Rules rules, State& state) : rules_(rules), state_(state) {}

  Undone run(const Recipe& recipe) {
    for (const auto& [name, steps] : recipe.header) {
      if (is_hashed(name, rules_) && out_.applies) undo_fields(name, steps);
    }
    if (recipe.body && state_.has_body() && out_.applies) undo_body(*recipe.body);
    return std::move(out_);
  }

 private:
  void undo_fields(const std::string& name, const Steps& steps) {
    const std::vector<StateField> after = state_.fields(name);
    if (reaches_past(steps, after.size())) {
      out_.applies = false;
      return;
    }
    std::vector<StateField> before = earlier_fields(name, steps, after);
    if (name == "from") note_new(after, before);
    if (!std::ranges::equal(after, before, {}, &StateField::line, &StateField::line)) {
      Change change;
      change.what = before.empty()  ? Change::What::header_added
                    : after.empty() ? Change::What::header_removed
                                    : Change::What::header_changed;
      change.name = name;
      change.before = shown_values(before);
      change.after = shown_values(after);
      out_.changes.push_back(std::move(change));
    }
    state_.set_fields(name, std::move(before));
  }

  void note_new(const std::vector<StateField>& after, const std::vector<StateField>& before) {
    for (const StateField& field : after) {
      if (field.number &&
          std::ranges::find(before, field.number, &StateField::number) == before.end())
        out_.new_from.push_back(*field.number);
    }
  }

  void undo_body(const Steps& steps) {
    const State::Lines& after = state_.lines();
    if (reaches_past(steps, after.size())) {
      out_.applies = false;
      return;
    }
    Change change;
    State::Lines before;
    Hunk hunk;
    std::size_t next = 0;  // of the newer lines
    const auto skip_to = [&](std::size_t end) {
      for (; next < end; ++next) hunk.after.push_back(after[next]);
    };
    for (const Step& step : steps) {
      for (const std::string& literal : step.literals) {
        before.emplace_back(literal);
        hunk.before.emplace_back(literal);
      }
      if (!step.literals.empty()) continue;
      skip_to(step.first - 1);
      take_hunk(hunk, change);
      before.insert(before.end(), after.begin() + static_cast<std::ptrdiff_t>(step.first - 1),
                    after.begin() + static_cast<std::ptrdiff_t>(step.last));
      next = step.last;
    }
    skip_to(after.size());
    take_hunk(hunk, change);
    if (change.lines_added + change.lines_removed > 0) out_.changes.push_back(std::move(change));
    state_.set_lines(std::move(before));
  }

  Rules rules_;
  State& state_;
  Undone out_;
};

}  // namespace

std::string_view to_string(Change::What what) {
  static constexpr std::array<std::string_view, 4> kWords{"header-changed", "header-added",
                                                          "header-removed", "body"};
  return kWords[static_cast<std::size_t>(what)];
}

Undone undo(const Recipe& recipe, Rules rules, State& state) {
  return Undoing(rules, state).run(recipe);
}

}  // namespace emltrace::dkim2
