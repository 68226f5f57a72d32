// The body follows.
#pragma once
