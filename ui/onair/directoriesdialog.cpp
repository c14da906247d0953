// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/onair/directoriesdialog.h"

#include "core/station/stationcontrol.h"
#include "ui/look/card.h"
#include "ui/look/plainlabel.h"
#include "ui/look/readablesize.h"
#include "ui/look/sentences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

QString whenNext(const QDateTime &next, const QDateTime &now)
{
    if (!next.isValid())
        return {};
    const qint64 seconds = qMax<qint64>(0, now.secsTo(next));
    if (seconds < 90)
        return DirectoriesDialog::tr("Next: within a minute and a half.");
    return DirectoriesDialog::tr("Next: in about %n minute(s).", nullptr,
                                 static_cast<int>((seconds + 30) / 60));
}

} // namespace

DirectoryWords directoryWords(const DirectoryStatus &status, bool isWanted, const QDateTime &now)
{
    using State = DirectoryStatus::State;
    switch (status.state) {
    case State::Waiting:
        return {DirectoriesDialog::tr("The directory is told of the station soon."),
                whenNext(status.nextAttempt, now), Tone::Neutral};
    case State::Listed:
        return {DirectoriesDialog::tr("The station is listed."), whenNext(status.nextAttempt, now),
                Tone::Good};
    case State::Refused:
        return {DirectoriesDialog::tr("The directory does not list the station."),
                whenNext(status.nextAttempt, now), Tone::Warning};
    case State::Unreachable:
        return {DirectoriesDialog::tr("The directory does not answer."), whenNext(status.nextAttempt, now),
                Tone::Warning};
    case State::Off:
        break;
    }
    if (!isWanted)
        return {DirectoriesDialog::tr("The station is not listed publicly."), {}, Tone::Neutral};
    return {status.why.isEmpty() ? DirectoriesDialog::tr("The station is not listed yet.") : said(status.why),
            {},
            Tone::Neutral};
}

DirectoriesDialog::DirectoriesDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
{
    setObjectName(u"directoriesDialog"_s);
    setWindowTitle(tr("Directories"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(12);
    addDirectory(*column);
    addRadioBrowser(*column);
    column->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    auto *more = buttons->addButton(tr("Logo, country, &languages\u2026"), QDialogButtonBox::ActionRole);
    more->setObjectName(u"directorySettings"_s);
    more->setAutoDefault(false);
    connect(more, &QPushButton::clicked, this, [this] { emit settingAsked(u"directory.logo"_s); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(&control, &StationControl::settingsApplied, this, &DirectoriesDialog::showSettings);
    connect(&control, &StationControl::statusChanged, this, &DirectoriesDialog::showStatus);
    showSettings();
    keepReadable(*this, 72);
}

void DirectoriesDialog::addDirectory(QVBoxLayout &column)
{
    auto *card = new Card(tr("A public directory"), this);
    column.addWidget(card);
    m_listed = new QCheckBox(tr("List the &station while it is on the air"), card);
    m_listed->setObjectName(u"listPublicly"_s);
    card->body()->addWidget(m_listed);
    m_state = addPlainText(*card->body(), u"directoryState"_s);
    m_answer = addPlainText(*card->body(), u"directoryAnswer"_s);
    m_next = addPlainText(*card->body(), u"directoryNext"_s);
    theme::setTone(m_next, Tone::Neutral);
    connect(m_listed, &QCheckBox::clicked, this, [this](bool on) {
        m_control.change([on](Settings &settings) { settings.directory.enabled = on; });
    });
}

void DirectoriesDialog::addRadioBrowser(QVBoxLayout &column)
{
    auto *card = new Card(tr("radio-browser.info, and others that look at the stream itself"), this);
    column.addWidget(card);
    m_radioBrowser = new QComboBox(card);
    m_radioBrowser->setObjectName(u"radioBrowser"_s);
    m_radioBrowser->addItem(tr("are told nothing"), u"unsaid"_s);
    m_radioBrowser->addItem(tr("may list the station"), u"listed"_s);
    m_radioBrowser->addItem(tr("are asked to stay away"), u"hidden"_s);
    auto *caption = new QLabel(tr("They &read it every other day, and"), card);
    caption->setBuddy(m_radioBrowser);
    auto *line = new QHBoxLayout;
    line->addWidget(caption);
    line->addWidget(m_radioBrowser, 1);
    card->body()->addLayout(line);
    QLabel *hint = addPlainText(*card->body(), u"radioBrowserHint"_s,
                                tr("The first entry is made by hand, on the page radio-browser.info."));
    theme::setTone(hint, Tone::Neutral);
    connect(m_radioBrowser, &QComboBox::activated, this, [this] {
        m_control.change([word = m_radioBrowser->currentData().toString()](Settings &settings) {
            settings.directory.radioBrowser = word;
        });
    });
}

void DirectoriesDialog::showSettings()
{
    const Settings::Directory &directory = m_control.settings().directory;
    m_listed->setChecked(directory.enabled);
    m_radioBrowser->setCurrentIndex(m_radioBrowser->findData(directory.radioBrowser));
    showStatus();
}

void DirectoriesDialog::showStatus()
{
    const DirectoryStatus &status = m_control.lastStatus().directory;
    const DirectoryWords words =
        directoryWords(status, m_control.settings().directory.enabled, QDateTime::currentDateTime());
    m_state->setText(words.state);
    theme::setTone(m_state, words.tone);
    m_answer->setText(tr("It says: %1").arg(status.answer));
    m_answer->setVisible(!status.answer.isEmpty());
    m_next->setText(words.next);
    m_next->setVisible(!words.next.isEmpty());
}

} // namespace cycast
