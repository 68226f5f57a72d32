// Bodies of ../eligibility.hpp.
#pragma once
