// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

// Unlike the rest, this one is not for speed: it makes tests join their room's program.
#include "tests/support/room.h"
