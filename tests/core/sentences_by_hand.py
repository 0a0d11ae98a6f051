"""Sentences written by hand for the measurement: notes of a front office that name a student, and such that do not."""

from __future__ import annotations

NAMING = """\
Pls send the transcript to amina.yusuf27@students.northvalleyusd.org today
mom's email is rosa_delgado@gmail.com, she wants a copy
Reply came from 2031kowalskij@lakeside.k12.or.us
He signs as t.nakamura+parent@outlook.com
cc: ifeoma-okafor@mail.school.edu on everything
From: O'Donnell, Siobhan <sodonnell@stu.riverbend.edu>
The account jpark2029@g.ucla.edu was locked
her address is  zeynep.yilmaz@icloud.com
Send to Mr. Haddad (haddad.family@yahoo.com) by noon
student email 4471023@k12.hi.us bounced twice
The portal shows dmitri.volkov@oakridge-academy.net as guardian
We wrote to lupe@valdez-law.com about the boy
Forward to xiomara.r@charter.school
Contact: PRIYA.RAMAN@EXAMPLE.COM
The login is hoang_thi_mai@students.pgcps.edu, please reset
Dad called back, 503-555-0142, after lunch
call gma at (415) 555 0199 if he is sick
phone: 212.555.0170 (work), ask for Mrs. Castellanos
Her cell is 9165550123
Text me at 808 555 0111, thanks
Number on the card: +1 (312) 555-0188
tel 555-0134, local
Uncle's mobile 646-555-0167 went to voicemail
His home phone is 972/555-0155
reach her: 1-703-555-0109 ext 4
Left msg w/ grandmother, 404 555-0136
They can be reached at 305.555.0148 evenings
Emergency contact Bao Tran, ph. 714-555-0182
she picked up at (206)555-0117
call back # 520-555-0193
student id 10023456
Stud. ID: 00457821
ID# 884512
SIS number 5530912 comes up twice
Her student number is S0092113
lunch PIN and student ID 771204
Pupil number: 4410087
state student id 9912345678
SASID 1029384756 is on the form
The SSID is 8273645510
Student #204518 was marked absent
perm id 336172
Permanent ID no. 336172 in the gradebook
UIN 672001934 has a hold
The request names learner ID 55-20193
local id 901244, grade 8
Student I.D. 30219
EMPLID 0012345 asked for a transcript
school ID card 20261187 was found in the gym
ID: A00218833
stu no 118842
the student with id number 6602193
Badge lists student id: b1029334
matric no. 20219911
USI 7712093345 was typed in the box
Ref. student ID number 40218; see folder
CSIS id 7734120098 does not match
Student Number - 219904
Student ID (9 digits) 902114478
pupil ID is K-20417
SSN 123-45-6789
soc sec # 219 09 9999
last form shows 078-05-1120
Social: 457-55-5462
Social Security no. 457555462
SS# 219099999
Her SSN ends the page: 321-54-9876.
The tax form lists 301-22-7788 for him
social security card 512 33 1029 was copied
ssn: 601445678
Lupita Hernandez, 3/14/2012, grade 6
Okonkwo, Chidi DOB 04-22-2010
Nguyen Thi Lan, born on 5 May 2011
Mateus da Silva (12.11.2013)
Aaliyah Brown - d.o.b. 7/4/09
Siddharth Venkataraman b. 2010-08-19
DOB: 1/9/2015 for the kindergarten girl
birthdate 02/29/2012
Birthday is June 3rd, 2014
born 9 Sept. 2008 in Manila
His birth date is 2011.06.30
her date of birth: October 12, 2009
Date of birth given as 6-1-07
D.O.B. 11 / 23 / 2010
born the 3rd of March 2013
Born in Lagos on 14 July 2010
Yusuf ibn Ali, DOB 2012/10/05
Kealoha Kamakau, 01/31/2014
Jean-Luc Tremblay, 23 avril 2011
Fatima Al-Zahra (b. 8/8/2012)
Ana María López García, 12/01/2010, wants her file
Björn Ødegaard, March 3, 2009
Saoirse Ní Bhriain – 17 Feb 2012
Siobhán O'Neill, 2-14-2011
Thuy-Linh Pham 09/19/2013
Xóchitl Ramírez, DOB 10-10-2010
Wanjiru Kamau; date of birth 25 December 2012
Li Wei, 2013-04-04
Park Ji-woo born 2011/03/02
Mohammed bin Rashid, 6/6/2012
De'Andre Washington, 5/17/10, bus 12
Nizhoni Begaye, DOB Jan. 8 2011
Ivanov Sergei 14.02.2012
Marisol Vega's birthday, 4/2/2013, is on the cake list
Tariq Hassan (born Aug 21 2010)
Leilani K. Makoa, 11/11/2011
Guadalupe Flores-Reyes, July 4, 2012
Anthony (Tony) Russo, DOB 3-3-2009
María José Fernández, 30/06/2010
Piotr Wiśniewski, 7 lipca 2011, DOB 07/07/2011
Emma-Jean Whitefeather, dob 081509
Twins born 5/6/2012: Noa and Eitan Levi
Sgt. asked for Malik Johnson, DOB 09 12 2008
Chloé Dubois, née le 4/9/2010
Student DOB on form = 2010-12-01
DOB 12-Mar-2011
DOB: 12MAR2011
birth: 8/17/2013
Bday 10/2/2012 per mom
born 2009, Nov. 30
caller says child was born 01.02.2014
she turned 18 on 3/2/2026, DOB 3/2/2008
DoB 5 6 2011
Rec'd fax re: Arjun Patel, 4/4/2011, immunizations
Hmong name Pa Houa Vang, DOB 6/18/10
Dr. Lindqvist needs the file of Oskar Berg, born 2 Jan 2013
Probation officer wants D. Thompson, 7/21/2009
Records of Keisha Monroe (DOB: 02/11/2011) to Lincoln HS
J. Alvarez, DOB 8-30-12, moved to Reno
Ahmed El-Sayed, birth date 2012-01-15
Kim Min-seo, dob 2010.11.09
custody papers for Rowan Fitzgerald, 5/5/2015
Please pull Beatriz Souza 8/1/2010
Subpoena lists Darnell Price, D.O.B. 12/12/2008
Immunization card: Yara Haddad 2014-02-20
Transcript: Olena Kovalenko, June 9, 2007
Class of 2029, Hiroshi Tanaka, born April 1st 2011
student id 55102, mother 602-555-0160
email from kai.nakoa@gmail.com, cell (808) 555-0101
Rosa P., student # 22198, asks for grades
Caller left 480.555.0177 and ID 556120
Alejandra Ruiz, SSN 456-78-9123
Name: Tam Do. ID: 4410921. Grade 3
Parent Nasra Abdi, nasra.abdi@hotmail.com
call Mr. Petrov 330-555-0129 re Sasha
ID no. 10293 belongs to the older brother
Driver: pick up 2 kids of Mrs. Ortiz, ph 575-555-0106
student 10293847 has two lunch accounts
fax for Delroy Campbell (2/2/2010) came in
Jamal Greene: 11/02/2009, needs the nurse form
Student no. 61-20449 is the brother
""".splitlines()

HARMLESS = """\
Meet in room 214 after the bell
The fee is $15.00 for each copy
See 34 CFR 99.31(a)(1)(i)(A) and 20 U.S.C. 1232g
Extension 4471 is the front office
Dial x2203 for the registrar
ENG 101 and MATH 2214 are full
The class of 2027 voted on March 3
We moved the meeting to 11/24/2026 at 3:30
Budget code 01-0000-0-1110-1000-4310 applies
Invoice 20261124 was paid on 11/30/2026
PO 4450012 covers the paper
The policy was last changed on July 1, 2024
Title IX, Section 504 and IDEA part B were named
Bus 12 is late, bus 14 is not
Room 101, 8:15 to 9:05
Write to the office, 1200 Main Street, Suite 300
ZIP code 97204-1234
Grade 5 sold 312 tickets
The survey had 1,204 answers
Case No. 2:26-cv-01234 was cited
Docket 26-1187 of the county court
Form FL-150 came with the letter
Ask for the AP scores of 2025
The copier holds 2500 sheets
Senate Bill 1177 is in force since 2016
AB 1584 asks for a contract
Board policy 5125.1 applies here
Chapter 71, section 34D was quoted
The study ends on 30 June 2028
Data of 2019-20 to 2024-25 is wanted
2019-2020 and 2020-2021 only
They asked for 50 to 75 records
Version 2026.2 of the rules
Record 2026-0117 says why
Ticket #48213 is about this
Ticket INC0048213, priority 2
Work order 771204 for the printer
License plate stickers cost $40
Meeting ID for the call is in the calendar
Room 3-114, third floor
The request came on 2026-11-20 by mail
Due 12/1/2026, or in 10 days
Received 3 pages on Nov. 24, 2026
Officer Ruiz, badge 1187, came in person
Badge number 4471 was shown
Ms. Carter left at 2:15
Principal Adams signed on May 2, 2026
Washington Elementary, August 14, 2026, open house
Lincoln High School, June 3, 2026 graduation
Jefferson Middle, 9/1/2026, first day
Order 66 pencils, SKU 100-2231
The ISBN is 978-0-13-468599-1
Call number QA76.73 in the library
Copy 12 of 30 is missing
Score range 200 to 800
School code 053456
District code 06-12345 on the list
CDS code 19-64733-1932383
NCES id of the school is 063441005607
CEEB code 051234
EIN 12-3456789 of the vendor
Vendor number 100234
Contract 2024-118, signed 8/5/2024
The grant is R305A200123
IRB protocol 2025-0442
Their DUNS was 123456789
Locker 1187 was opened
Combination locks cost $6.25
Chromebook asset tag 204518
Serial 5CD1234XYZ
Wi-Fi password changed in 2026
IP address 10.20.30.40 was blocked
Port 8080 is closed
The server runs version 10.15.7
Fax cover sheet, 3 of 5
Route 9 runs at 6:45 am
Mile 22 of Highway 101
Lunch costs $3.25, milk $0.50
1 in 4 students ride the bus
Roughly 18.5 percent, up from 17.2
GPA cutoff is 3.25
Honor roll: 3.5 and above
1,000,000 rows were in the file
The file has 204518 rows
Group sizes under 10 are masked
k = 10 and n = 350
Three of 12 were late
The agency gave its case number 445-2026
The lawyer's bar number is 221187
Notary commission 2389911 expires 2028
Public Records Act request 26-045
Statute 22-3706.01 was cited
Ed Code 49076(a)(1)(A)
Cal. Code Regs. tit. 5, 431
Tex. Educ. Code 26.004
105 ILCS 10/6
603 CMR 23.07(4)
O.R.S. 336.187
42 CFR Part 2 and 45 CFR 164.512
45 CFR 160.103, definition
7 CFR 245.6(f)
42 U.S.C. 1758(b)(6)
89 FR 12345 of March 2024
Directory information means name, grade and photo
The notice goes out in August
Opt-out forms are due by September 15, 2026
We keep logs for 5 years
Retention is 60 years in some states
Fiscal year 2026-27
Semester 2, week 7
Period 6 is chemistry
Biology 9H, section 003
CRN 21187 is closed
PSYC-1101-02 has a waitlist
Course 4410 needs a lab
Bell schedule 2, early release at 1:10
Gate B at 5 pm, doors at 5:30
Game on 10/17/2026 at home
Homecoming, October 17, 2026
Spring break runs April 5 to April 9
Picture day is 9/22
Exam dates: May 4, May 5 and May 8, 2026
The vote was 5 to 2
Resolution 2026-14 passed
Agenda item 7.3
Attachment B, page 112
Table 4.2 has the counts
Line 14 of the form is blank
Box 220, River Road
PO Box 99, Salem OR 97301
Building 7, room 7-204
They paid with check 1183
Receipt 000481 for $25
Bond measure 26-215
Policy JRA-R, adopted 6/12/2019
Student handbook, 2026 edition, page 44
Student records office, room 112
The school phone policy bars calls in class
Our phone tree has 9 options
Call volume was 220 last week
Cell phones go in locker 12
Text of the law is in 3 parts
Email the form to the registrar
ID cards cost $5
Photo ID was seen at the desk
A valid ID is needed after 3 pm
Birth certificates are kept in cabinet 4
Birthdays are posted in room 12
The date of birth is not asked for
The school was born of a merger in 1998
Ages 5 to 21 are served
Students born after 2010 need the shot
The social security office closes at 4
Social studies 8, unit 3
Three-digit codes such as 555 are fine
""".splitlines()
