#include "emltrace/base/text.hpp"
