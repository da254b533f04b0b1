#include "auth/dkim2/history.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "auth/dkim2/undo.hpp"

namespace emltrace::dkim2 {
namespace {

RecipeKind kind_of(const Instance& instance, const RecipeText& text) {
  if (!instance.recipe) return RecipeKind::none;
  if (!text.recipe) return RecipeKind::invalid;
  const Recipe& recipe = *text.recipe;
  if (recipe.body_withheld) return RecipeKind::body_withheld;
  if (!recipe.body) return RecipeKind::headers;
  return recipe.header.empty() ? RecipeKind::body : RecipeKind::both;
}

// One way back by one list of fields.
class Way {
 public:
  Way(const Chain& chain, const Recipes& recipes, State state, Rules rules, bool body_given)
      : chain_(chain), recipes_(recipes), state_(std::move(state)), body_given_(body_given) {
    out_.rules = rules;
    for (std::size_t i = 0; i < chain.instances.size(); ++i) {
      out_.checks.push_back(unchecked_hashes(chain.instances[i]));
      out_.recipes.push_back(recipes.kind(i));
    }
    out_.from_made_at.resize(state_.fields("from").size());
  }

  History go() {
    std::size_t at = readable();
    while (at > 0) {
      --at;
      if (!compare(at)) break;
      if (at == 0) {
        arrive();
        break;
      }
      if (!go_back(at)) break;
    }
    note_hashes();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t readable() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(chain_.instances, [](const Instance& i) { return i.m.has_value(); }));
  }

  bool compare(std::size_t at) {
    const Instance& instance = chain_.instances[at];
    hashed_ += state_.size();
    if (hashed_ > kMaxHashedBytes) {
      out_.faults.push_back(instance_fault(Problem::limit, instance.m,
                                           "is not computed: the "
                                           "states are too large"));
      return false;
    }
    out_.checks[at] = check_hashes(instance, state_, out_.rules);
    if (!body_given_ && !out_.checks[at].body_matches) {
      out_.body_absent = true;
      state_.forget_body();
      out_.checks[at] = check_hashes(instance, state_, out_.rules);
    }
    body_given_ = true;  // of the older states as much is known as of this one
    return true;
  }

  bool go_back(std::size_t at) {
    const Instance& instance = chain_.instances[at];
    // Over a gap or a double nothing leads.
    if (chain_.instances[at - 1].m != *instance.m - 1) return false;
    const RecipeText& text = recipes_.at(at);
    if (!instance.recipe) return true;
    if (!text.recipe) {
      refuse(at);
      return false;
    }
    out_.has_octets = out_.has_octets || text.recipe->has_octets;
    if (text.recipe->body_withheld) {
      out_.withheld = instance.m;
      state_.forget_body();
    }
    Undone undone = undo(*text.recipe, out_.rules, state_);
    if (!undone.applies) {
      refuse(at);
      return false;
    }
    for (Change& change : undone.changes) {
      if (out_.changes.size() < kMaxChanges)
        out_.changes.push_back({*instance.m, std::move(change), false});
    }
    for (const std::size_t number : undone.new_from) out_.from_made_at[number] = instance.m;
    return true;
  }

  void refuse(std::size_t at) {
    const Instance& instance = chain_.instances[at];
    out_.recipes[at] = RecipeKind::invalid;
    out_.faults.push_back(
        recipes_.at(at).too_large
            ? instance_fault(Problem::limit, instance.m, "has too large a recipe")
            : instance_fault(Problem::recipe_syntax, instance.m, "contains invalid JSON"));
  }

  void arrive() {
    const Instance& first = chain_.instances.front();
    if (first.recipe && recipes_.kind(0) == RecipeKind::invalid) refuse(0);
    if (first.m != 1) return;
    for (auto& made : out_.from_made_at) made = made.value_or(1);
    out_.original = read_original(state_, out_.checks.front());
  }

  void note_hashes() {
    for (MadeChange& made : out_.changes) {
      const auto matches = [&](std::size_t m) {
        const Instance* instance = chain_.instance(m);
        if (instance == nullptr) return false;
        const InstanceCheck& check =
            out_.checks[static_cast<std::size_t>(instance - chain_.instances.data())];
        return made.change.what == Change::What::body ? check.body_matches : check.header_matches;
      };
      made.hashes_match = matches(made.m) && matches(made.m - 1);
    }
  }

  const Chain& chain_;
  const Recipes& recipes_;
  State state_;
  bool body_given_;
  History out_;
  std::size_t hashed_ = 0;
};

std::size_t header_mismatches(const History& history) {
  std::size_t count = 0;
  for (const InstanceCheck& check : history.checks) {
    count +=
        static_cast<std::size_t>(std::ranges::count_if(check.hashes, [](const CheckedHashes& each) {
          return each.header == HashCheck::mismatch;
        }));
  }
  return count;
}

}  // namespace

std::string_view to_string(RecipeKind kind) {
  static constexpr std::array<std::string_view, 6> kWords{"none", "headers",       "body",
                                                          "both", "body-withheld", "invalid"};
  return kWords[static_cast<std::size_t>(kind)];
}

Recipes::Recipes(const Chain& chain) {
  std::size_t bytes = 0;
  for (const Instance& instance : chain.instances) {
    RecipeText text;
    if (instance.recipe) {
      bytes += instance.recipe->size();
      if (bytes <= kMaxRecipeBytes) {
        text = read_recipe(*instance.recipe);
      } else {
        text.too_large = true;
      }
    }
    kinds_.push_back(kind_of(instance, text));
    all_.push_back(std::move(text));
  }
}

// One list for the whole message: the newest one under which the fewest hashes differ.
History read_history(const Chain& chain, const Recipes& recipes, const State& state,
                     bool body_given) {
  std::optional<History> best;
  for (const Rules rules : kAllRules) {
    History history = Way(chain, recipes, state, rules, body_given).go();
    if (!best || header_mismatches(history) < header_mismatches(*best)) best = std::move(history);
    if (header_mismatches(*best) == 0) break;
  }
  return *std::move(best);
}

}  // namespace emltrace::dkim2
