// Bodies of ../score.hpp.
#pragma once
