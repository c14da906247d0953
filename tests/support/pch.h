// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

// Unlike the rest, these are not for speed: tests join their room's program, and wait as long as the machine
// needs.
#include "tests/support/room.h"
#include "tests/support/slack.h"
