// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/buffer/bufferhistory.h"

#include <QDateTime>

namespace cycast
{

/// The span as a table for spreadsheets: a line per point of the fill curve with all curves at that moment,
/// then the events. Times in ISO 8601 with offset, numbers with a point, fields as RFC 4180 has them; a field
/// that a spreadsheet would take for a formula gets a quote in front. Pure.
QByteArray chartCsv(const BufferHistory &history, BufferHistory::Span span, qint64 nowMs,
                    const QDateTime &nowOnTheWall);

} // namespace cycast
