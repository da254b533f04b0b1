#pragma once

#include <span>

#include "support/damage.hpp"

namespace emltrace::test {

/// What consoles, tables, chats, word processors and people do to a header before it is pasted.
std::span<const Damage> paste_damages();

}  // namespace emltrace::test
