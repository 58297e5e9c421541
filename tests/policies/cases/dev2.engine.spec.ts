import { judgeWithEngine } from "./engineVerdicts";

judgeWithEngine("dev", 2, 3);
