// Bodies of ../allocate.hpp.
#pragma once
