#pragma once

// Catch2 3 has a header tree, 2.13 one header: tests include this file and build with both.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
