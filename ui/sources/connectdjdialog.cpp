// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/connectdjdialog.h"

#include "core/base/filewriter.h"
#include "core/station/stationcontrol.h"
#include "ui/look/card.h"
#include "ui/look/icons.h"
#include "ui/look/readablesize.h"
#include "ui/look/sentences.h"
#include "ui/look/theme.h"
#include "ui/onair/onairbar.h"
#include "ui/sources/djfiles.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

ConnectDjDialog::ConnectDjDialog(StationControl &control, QWidget *parent)
    : QDialog(parent)
    , m_control(control)
    , m_program(new QComboBox(this))
    , m_placeOfDj(new QComboBox(this))
    , m_placeCaption(new QLabel(tr("The DJ &is"), this))
    , m_where(new QLabel(this))
    , m_place(new QVBoxLayout)
    , m_show(new QPushButton(tr("&Show the pass phrase"), this))
    , m_save(new QPushButton(tr("Save as a &file\u2026"), this))
    , m_fileUse(new QLabel(this))
    , m_state(new QLabel(this))
{
    setObjectName(u"connectDjDialog"_s);
    setWindowTitle(tr("Connect a DJ"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(12);
    auto *card = new Card(tr("What the DJ's program needs to know"), this);
    column->addWidget(card, 1);
    auto *choice = new QHBoxLayout;
    auto *caption = new QLabel(tr("&Program"), card);
    caption->setBuddy(m_program);
    m_program->setAccessibleName(tr("Program"));
    for (const DjProgram program : {DjProgram::Mixxx, DjProgram::Butt, DjProgram::Vlc, DjProgram::Obs,
                                    DjProgram::Ffmpeg, DjProgram::Other})
        m_program->addItem(programName(program), static_cast<int>(program));
    choice->addWidget(caption);
    choice->addWidget(m_program, 1);
    addPlaceChoice(*choice);
    card->body()->addLayout(choice);
    m_where->setWordWrap(true);
    m_where->setTextFormat(Qt::PlainText);
    theme::setTone(m_where, Tone::Neutral);
    card->body()->addWidget(m_where);
    card->body()->addLayout(m_place);
    m_fileUse->setObjectName(u"djFileUse"_s);
    m_fileUse->setTextFormat(Qt::PlainText);
    m_fileUse->setWordWrap(true);
    theme::setTone(m_fileUse, Tone::Neutral);
    card->body()->addWidget(m_fileUse);
    card->body()->addStretch(1);
    m_state->setObjectName(u"djState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    column->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    m_show->setObjectName(u"showPassword"_s);
    m_show->setCheckable(true);
    m_show->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    m_save->setObjectName(u"saveDjFile"_s);
    m_save->setAutoDefault(false);
    m_save->setToolTip(tr("A file with these values, the pass phrase among them: hand it to the DJ only."));
    buttons->addWidget(m_show);
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    // Whoever looks over a shoulder next time sees dots again.
    connect(this, &QDialog::finished, this, [this] { setPasswordShown(false); });
    connect(m_save, &QPushButton::clicked, this, &ConnectDjDialog::askWhere);
    connect(m_show, &QPushButton::toggled, this, &ConnectDjDialog::fill);
    connect(m_program, &QComboBox::currentIndexChanged, this, &ConnectDjDialog::fill);
    connect(&control, &StationControl::settingsApplied, this, &ConnectDjDialog::fill);
    connect(&control, &StationControl::statusChanged, this, &ConnectDjDialog::takeStatus);
    connect(&control, &StationControl::sourceAttempted, this, &ConnectDjDialog::takeAttempt);
    m_addresses = control.lastStatus().addresses;
    takeStatus(control.lastStatus());
    fill();
    keepReadable(*this, 84);
}

void ConnectDjDialog::addPlaceChoice(QHBoxLayout &line)
{
    m_placeCaption->setBuddy(m_placeOfDj);
    m_placeOfDj->setObjectName(u"placeOfDj"_s);
    m_placeOfDj->setAccessibleName(tr("Where the DJ is"));
    m_placeOfDj->addItem(tr("in the home network"), static_cast<int>(DjPlace::HomeNetwork));
    m_placeOfDj->addItem(tr("somewhere else"), static_cast<int>(DjPlace::Elsewhere));
    connect(m_placeOfDj, &QComboBox::currentIndexChanged, this, &ConnectDjDialog::fill);
    line.addWidget(m_placeCaption);
    line.addWidget(m_placeOfDj);
}

void ConnectDjDialog::choose(DjProgram program)
{
    m_program->setCurrentIndex(m_program->findData(static_cast<int>(program)));
}

bool ConnectDjDialog::showsPassword() const
{
    return m_show->isChecked();
}

void ConnectDjDialog::setPasswordShown(bool shown)
{
    m_show->setChecked(shown);
}

void ConnectDjDialog::fill()
{
    m_show->setText(showsPassword() ? tr("&Hide the pass phrase") : tr("&Show the pass phrase"));
    m_where->setText(whereToEnter(program()));
    // Where the world sees the station is not known: there is nothing to choose.
    const bool hasChoice = !m_addresses.publicStreamUrl.isEmpty();
    m_placeOfDj->setVisible(hasChoice);
    m_placeCaption->setVisible(hasChoice);
    delete m_values;
    m_values = new QWidget(this);
    auto *grid = new QGridLayout(m_values);
    grid->setContentsMargins(0, 6, 0, 0);
    grid->setColumnStretch(1, 1);
    const DjDoor where = door();
    for (const DjValue &value : djValues(program(), where))
        addRow(*grid, value, where.password);
    m_place->addWidget(m_values);
    const QList<DjFile> files = djFiles(program(), where);
    m_save->setVisible(!files.isEmpty());
    m_fileUse->setVisible(!files.isEmpty());
    if (!files.isEmpty())
        sayUse(tr("Or as a file. %1").arg(files.first().use), Tone::Neutral);
}

DjDoor ConnectDjDialog::door() const
{
    return djDoor(m_control.settings(), m_addresses,
                  static_cast<DjPlace>(m_placeOfDj->currentData().toInt()));
}

DjProgram ConnectDjDialog::program() const
{
    return static_cast<DjProgram>(m_program->currentData().toInt());
}

void ConnectDjDialog::sayUse(const QString &text, Tone tone)
{
    m_fileUse->setText(text);
    theme::setTone(m_fileUse, tone);
}

void ConnectDjDialog::askWhere()
{
    const QList<DjFile> files = djFiles(program(), door());
    if (files.isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Save the file for %1").arg(programName(program())));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const DjFile &file : files)
        filters.append(file.filter);
    dialog->setNameFilters(filters);
    dialog->selectFile(files.first().name);
    // The other system's script has another ending.
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, files, filters](const QString &filter) {
        dialog->selectFile(files.at(std::max<qsizetype>(0, filters.indexOf(filter))).name);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ConnectDjDialog::saveFile);
    dialog->open();
}

void ConnectDjDialog::saveFile(const QString &path)
{
    const QList<DjFile> files = djFiles(program(), door());
    if (files.isEmpty())
        return;
    DjFile chosen = files.first();
    for (const DjFile &file : files) {
        if (QFileInfo(path).suffix() == QFileInfo(file.name).suffix())
            chosen = file;
    }
    saveDjFile(chosen, path, FileWriter::shared(), this, [this, use = chosen.use](const QString &problem) {
        if (problem.isEmpty())
            sayUse(tr("Saved, with the pass phrase in it. %1").arg(use), Tone::Good);
        else
            sayUse(problem, Tone::Critical);
    });
}

void ConnectDjDialog::addRow(QGridLayout &grid, const DjValue &value, const QString &password)
{
    const int row = grid.rowCount();
    auto *caption = new QLabel(value.label, m_values);
    const QString text = showsPassword() ? value.value : masked(value, password);
    QWidget *field = nullptr;
    constexpr qsizetype oneLine = 60;
    if (value.value.size() > oneLine) {
        // A command is read as a whole.
        auto *lines = new QPlainTextEdit(text, m_values);
        lines->setReadOnly(true);
        lines->setTabChangesFocus(true);
        lines->setFixedHeight(fontMetrics().height() * 5);
        field = lines;
    } else {
        auto *line = new QLineEdit(text, m_values);
        line->setReadOnly(true);
        line->setCursorPosition(0);
        field = line;
    }
    field->setAccessibleName(value.label);
    caption->setBuddy(field);
    auto *copy = new QPushButton(icon(Glyph::Copy), tr("Copy"), m_values);
    copy->setAutoDefault(false);
    copy->setAccessibleName(tr("Copy: %1").arg(value.label));
    connect(copy, &QPushButton::clicked, this,
            [whole = value.value] { QGuiApplication::clipboard()->setText(whole); });
    connect(copy, &QPushButton::clicked, copy, [copy] { copy->setText(tr("Copied")); });
    grid.addWidget(caption, row, 0);
    grid.addWidget(field, row, 1);
    grid.addWidget(copy, row, 2);
}

void ConnectDjDialog::takeAttempt(const SourceAttempt &attempt)
{
    if (attempt.outcome == SourceAttempt::Outcome::Accepted ||
        attempt.outcome == SourceAttempt::Outcome::NoPassword)
        return;
    m_state->setText(tr("Refused: %1").arg(said(attempt.sentence)));
    theme::setTone(m_state, Tone::Critical);
}

void ConnectDjDialog::takeStatus(const StationStatus &status)
{
    if (status.addresses != m_addresses) {
        m_addresses = status.addresses;
        fill();
    }
    const bool isLive = status.state == AirState::OnAir && status.heard == ProgrammeKind::Live;
    if (isLive) {
        m_state->setText(tr("Connected: %1").arg(sourceWords(status)));
        theme::setTone(m_state, Tone::Good);
    } else if (m_isLive || m_state->text().isEmpty() || status.state == AirState::OffAir) {
        m_state->setText(status.state == AirState::OnAir
                             ? tr("Waiting for the DJ\u2026 This line turns green when the show begins.")
                             : tr("Go on air first: only then can a DJ connect."));
        theme::setTone(m_state, Tone::Neutral);
    }
    m_isLive = isLive;
}

} // namespace cycast
