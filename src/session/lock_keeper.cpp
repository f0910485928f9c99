#include "session_inside.h"
