// The long bodies of track/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_TRACK

#include <countyplan/track/baseline.hpp>
#include <countyplan/track/county_paths.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/delay.hpp>
#include <countyplan/track/earned_value.hpp>
#include <countyplan/track/float_path.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/ledger_flaw.hpp>
#include <countyplan/track/live_schedule.hpp>
#include <countyplan/track/plan_quality.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/recorded_baseline.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>
#include <countyplan/track/schedule_log.hpp>
#include <countyplan/track/task_reasons.hpp>
#include <countyplan/track/track.hpp>
#include <countyplan/track/warning.hpp>
