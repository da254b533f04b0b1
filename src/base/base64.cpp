#include "emltrace/base/base64.hpp"
