// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QStringList>

namespace cycast
{

/// A sentence of the station in the language of the window. The station itself speaks English: into the log,
/// to programs, in the API. GUI thread.
QString said(const Sentence &sentence);
QStringList said(const QList<Sentence> &sentences);
/// What has become text on its way here cannot be put into another language any more: hand the sentence on.
QString said(const QString &text) = delete;

} // namespace cycast
