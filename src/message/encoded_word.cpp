#include "emltrace/message/encoded_word.hpp"
