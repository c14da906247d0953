// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/look/card.h"
#include "ui/onair/ownsound.h"

class QLabel;
class QPushButton;
class QSlider;

namespace cycast
{

/// What Listen opens: the own station from the loudspeakers, with pause and volume. Where there is no sound
/// device it says so, and asks for the web page in the browser instead.
class ListenBar : public Card
{
    Q_OBJECT

public:
    explicit ListenBar(QWidget *parent = nullptr);

    OwnSound &sound() { return m_sound; }

public slots:
    /// Begins; while it plays: pauses; while it is paused: goes on, at what is on the air then.
    void listen(const QString &streamUrl, const QString &pageUrl);
    /// The station went off the air, or nobody wants to listen any more.
    void end();

signals:
    void browserWanted(const QString &pageUrl);

private:
    void toggle();
    void showState(OwnSound::State state);
    void say(const QString &text, bool isProblem);

    OwnSound m_sound;
    QPushButton *m_pause;
    QLabel *m_volumeLabel;
    QSlider *m_volume;
    QPushButton *m_page;
    QPushButton *m_close;
    QString m_streamUrl;
    QString m_pageUrl;
};

} // namespace cycast
