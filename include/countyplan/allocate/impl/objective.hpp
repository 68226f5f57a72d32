// Bodies of ../objective.hpp.
#pragma once
