#pragma once

#include <array>
#include <string_view>

/// The colours of the page, in its light and its dark scheme.
namespace emltrace::report {

struct Color {
  std::string_view name;  ///< of the custom property, without `--`
  std::string_view light;
  std::string_view dark;
};

/// What is written with. Each can be read on each of kGrounds: a contrast of 4.5 to 1 or more
/// (WCAG 2.2, 1.4.3, level AA).
inline constexpr auto kInks = std::to_array<Color>({
    {"text", "#1b1f24", "#e6e9ed"},
    {"dim", "#57606a", "#9aa5b1"},
    {"good", "#116329", "#6fd08c"},
    {"note", "#0b57a4", "#7ab7ff"},
    {"warn", "#8a4600", "#f0b35a"},
    {"bad", "#b3161f", "#ff8f8a"},
});

/// What is written on.
inline constexpr auto kGrounds = std::to_array<Color>({
    {"page", "#ffffff", "#0f1318"},
    {"panel", "#f6f7f9", "#181d24"},
    {"dim-tint", "#e9ecef", "#262d36"},
    {"good-tint", "#dff3e4", "#12301d"},
    {"note-tint", "#dbe9fb", "#12283f"},
    {"warn-tint", "#fdebd2", "#3a2a10"},
    {"bad-tint", "#fde0e0", "#401a1c"},
});

/// Lines that part and say nothing.
inline constexpr auto kRules = std::to_array<Color>({{"rule", "#d5dae0", "#333b45"}});

}  // namespace emltrace::report
