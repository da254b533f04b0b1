#include "emltrace/trace/finding.hpp"
