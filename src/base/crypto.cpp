#include "emltrace/base/crypto.hpp"
