// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/audition/audition.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

class StationControl;

/// Dead air rings: a sound at once and every half minute while it lasts, and words for the tray.
class AlarmBell : public QObject
{
    Q_OBJECT

public:
    explicit AlarmBell(StationControl &control, QObject *parent = nullptr);

    bool isRinging() const { return m_repeat.isActive(); }

signals:
    /// The alarm began: a title and a sentence.
    void rang(const QString &title, const QString &sentence);
    void ended();

private:
    void take(const Audition &audition);

    QTimer m_repeat;
};

} // namespace cycast
