// How do I get everything that needs no compiled component?
#pragma once

#include <countyplan/error.hpp>
#include <countyplan/fwd.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/scalar/share.hpp>
#include <countyplan/version.hpp>
