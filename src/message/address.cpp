#include "emltrace/message/address.hpp"
