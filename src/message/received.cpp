#include "emltrace/message/received.hpp"
