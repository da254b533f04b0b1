#pragma once

/// The library's header as its own sources see it: names are `v1::`, told apart from those of the
/// floors. For a program they stand in `emltrace` itself.
#define EMLTRACE_OWN_SOURCES
#include "emltrace/emltrace.hpp"
