// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/knockdock.h"

#include "core/station/stationcontrol.h"
#include "ui/look/sentences.h"
#include "ui/look/tablelook.h"
#include "ui/look/theme.h"
#include "ui/sources/knockmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

KnockDock::KnockDock(StationControl &control, QWidget *parent)
    : QDockWidget(tr("Who knocked"), parent)
    , m_control(control)
    , m_model(new KnockModel(this))
    , m_table(new QTableView(this))
    , m_empty(new QLabel(tr("Nobody has asked to broadcast yet. Tools, Connect a DJ has the values for it."),
                         this))
    , m_sentence(new QLabel(this))
    , m_cure(new QPushButton(this))
    , m_pages(new QStackedLayout)
{
    setObjectName(u"knockDock"_s);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(8, 4, 8, 8);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Attempts to broadcast"));
    applyTableLook(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->setMinimumHeight((fontMetrics().height() + 10) * 4);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    header->resizeSection(KnockModel::When, letter * 12);
    header->resizeSection(KnockModel::From, letter * 18);
    header->resizeSection(KnockModel::Program, letter * 24);
    header->resizeSection(KnockModel::Request, letter * 26);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    theme::setTone(m_empty, Tone::Neutral);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    column->addLayout(m_pages, 1);
    auto *foot = new QHBoxLayout;
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_cure->setObjectName(u"knockCure"_s);
    m_cure->setText(KnockModel::cureText(Cure::None));
    foot->addWidget(m_sentence, 1);
    foot->addWidget(m_cure);
    column->addLayout(foot);
    setWidget(content);
    setFocusProxy(m_table);

    connect(m_cure, &QPushButton::clicked, this, &KnockDock::applyCure);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &KnockDock::showCure);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &KnockDock::showCure);
    connect(&control, &StationControl::sourceAttempted, this, &KnockDock::add);
    showCure();
}

void KnockDock::add(const SourceAttempt &attempt)
{
    m_model->add(attempt);
    m_pages->setCurrentIndex(1);
    // The newest has the word unless somebody studies another one.
    if (currentRow() < 0 || !m_table->hasFocus())
        m_table->selectRow(0);
    showCure();
    if (KnockModel::cureFor(attempt) != Cure::None && attempt.outcome != SourceAttempt::Outcome::NoPassword)
        emit refused(tr("%1 from %2: %3")
                         .arg(attempt.program, attempt.address, KnockModel::outcomeWord(attempt.outcome)));
}

int KnockDock::currentRow() const
{
    const QModelIndex index = m_table->selectionModel()->currentIndex();
    return index.isValid() ? index.row() : -1;
}

void KnockDock::showCure()
{
    const int row = currentRow();
    if (row < 0) {
        m_sentence->clear();
        m_cure->hide();
        return;
    }
    const SourceAttempt &attempt = m_model->attempt(row);
    const Cure cure = KnockModel::cureFor(attempt);
    m_sentence->setText(said(attempt.sentence));
    theme::setTone(m_sentence, cure == Cure::None ? Tone::Good : Tone::Warning);
    m_cure->setText(KnockModel::cureText(cure));
    m_cure->setVisible(cure != Cure::None);
}

void KnockDock::applyCure()
{
    const int row = currentRow();
    if (row < 0)
        return;
    switch (KnockModel::cureFor(m_model->attempt(row))) {
    case Cure::ShowValues:
        emit valuesAsked();
        break;
    case Cure::EndOtherSource:
        m_control.dropSource();
        break;
    case Cure::TlsSettings:
        emit settingAsked(u"server.tls_certificate"_s);
        break;
    case Cure::None:
        break;
    }
}

} // namespace cycast
